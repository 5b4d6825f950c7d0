"""Servers that the tests talk to, each started by whoever needs it, on a port of this machine that is free."""
