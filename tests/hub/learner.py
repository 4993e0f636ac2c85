"""A learner at the hub, as a browser would do it: the same pages, redirects, cookies, tokens and websockets."""

import json
import re
import time
import uuid
from contextlib import contextmanager
from urllib.parse import unquote

import nbformat
import requests
import websocket

SECONDS_TO_START, SECONDS_A_CELL = 240, 240
FINISHED = '"phase": "finished"'


class Learner:
    """hub: the address of the hub, without a slash at its end."""

    def __init__(self, hub, name):
        self.hub, self.name = hub, name
        self.home = f"{hub}/user/{name}/"
        self.session = requests.Session()
        self.session.trust_env = False  # no proxy stands before loopback

    def log_in(self, password):
        """The status that the form answers with."""
        page = self.session.get(f"{self.hub}/hub/login")
        form = {"username": self.name, "password": password, "_xsrf": self._xsrf("/hub/")}
        assert page.ok
        return self.session.post(f"{self.hub}/hub/login", data=form, allow_redirects=False).status_code

    def follow(self, link):
        """Open a link to the learner's own server, and wait until that has started. Returns the last page."""
        end = time.monotonic() + SECONDS_TO_START
        page = self.session.get(link)
        while not page.url.startswith(self.home):
            assert page.status_code != 500, page.text[-3000:]
            assert time.monotonic() < end, f"{self.name}'s server did not start: {page.url} {page.text[-500:]}"
            time.sleep(1)
            page = self.session.get(link)
        page.raise_for_status()
        return page

    def pull(self, link):
        """Follow an nbgitpuller link, and pull as its page does. Returns the path of the notebook that opens."""
        page = self.follow(link).text
        told = {name: unquote(value) for name, value in re.findall(r'data-([\w-]+)="([^"]*)"', page)}
        wanted = {name: told[name] for name in ("repo", "branch", "targetpath")}
        said = self.ask("GET", "git-pull/api", params={**wanted, "_xsrf": self._xsrf()}).text
        assert FINISHED in said, said
        self.follow(self.home + told["path"])
        return told["path"].removeprefix("lab/tree/")

    def ask(self, method, path, **more):
        """A request to the learner's own server."""
        answer = self.session.request(method, self.home + path, headers={"X-XSRFToken": self._xsrf()}, **more)
        answer.raise_for_status()
        return answer

    def read(self, path):
        """A notebook in the learner's home."""
        return nbformat.from_dict(self.ask("GET", f"api/contents/{path}").json()["content"])

    def save(self, path, notebook):
        """As JupyterLab saves it."""
        self.ask("PUT", f"api/contents/{path}", json={"type": "notebook", "format": "json", "content": notebook})

    def copy(self, path, folder):
        """As JupyterLab's *Copy* and *Paste* do. Returns where the copy lies."""
        return self.ask("POST", f"api/contents/{folder}", json={"copy_from": path}).json()["path"]

    @contextmanager
    def kernel(self, path):
        """A Kernel for the notebook at this path, ended afterwards."""
        wanted = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        session = self.ask("POST", "api/sessions", json=wanted).json()
        place = f"{self.home.replace('http', 'ws', 1)}api/kernels/{session['kernel']['id']}/channels"
        cookies = "; ".join(f"{c.name}={c.value}" for c in self.session.cookies if self._is_sent(c))
        socket = websocket.create_connection(place, cookie=cookies, origin=self.hub, timeout=SECONDS_A_CELL)
        try:
            yield Kernel(socket)
        finally:
            socket.close()
            self.ask("DELETE", f"api/sessions/{session['id']}")

    def _is_sent(self, cookie):
        return cookie.path in ("/", f"/user/{self.name}/")

    def _xsrf(self, path=None):
        return next(c.value for c in self.session.cookies if c.name == "_xsrf" and c.path == (path or self._own_path))

    @property
    def _own_path(self):
        return f"/user/{self.name}/"


class Kernel:
    """One at the other end of a websocket."""

    def __init__(self, socket):
        self.socket, self.session = socket, uuid.uuid4().hex

    def run(self, source):
        """The outputs of a cell, as a notebook stores them."""
        header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "session": self.session}
        content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": False}
        header |= {"username": "", "version": "5.3", "date": ""}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        self.socket.send(json.dumps(message))
        outputs = []
        while True:
            frame = self.socket.recv()
            if isinstance(frame, bytes):
                continue  # of a widget, with arrays behind it
            said = json.loads(frame)
            if said["parent_header"].get("msg_id") != header["msg_id"] or said["channel"] != "iopub":
                continue
            if said["msg_type"] == "status" and said["content"]["execution_state"] == "idle":
                return outputs
            if said["msg_type"] in ("stream", "display_data", "execute_result", "error"):
                outputs.append(nbformat.v4.output_from_msg(said))
