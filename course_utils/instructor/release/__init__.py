"""The notebooks that are handed out: blank, with points, perhaps with each student's own figures; nbgrader's too."""
