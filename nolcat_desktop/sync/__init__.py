"""What is sent and fetched: a pure plan, and a transfer that can be stopped anywhere and goes on where it stopped.

The store is an argument (`store.ObjectStore`); the real one, on S3, is in `aws`.
"""
