"""What all tests share."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # kernels and browsers run beside each other on two cores
