"""The cloud: who one is there, the clients, the bucket, the state machine, and what their errors mean.

The trust store of the system is put in place here, by the first import of the room, because it must stand before the
first import of botocore: put in place later, it makes the first client end in a RecursionError.
"""

from nolcat_desktop.aws.trust import trust_the_system

trust_the_system()
