"""Many voters at once, killed servers, full disks and thieves of databases: scripts that print figures and judge them.

Each script makes a database and servers of its own, runs as ``python -m tests.load.NAME``, and exits with 1 when a
promise is broken. The quick versions beside them are ordinary tests.
"""
