"""The benchmark: the product beside the bare limits of the same machine, in one interleaved run.

`make bench` runs all of it; `python -m bench --help` says how to run a part. Everything happens on
loopback addresses, in a folder of its own, and stops by itself.
"""
