"""What stops a conversion."""


class Refused(Exception):
    """An input row, or what it was turned into, is not understood. Its text says which and why."""
