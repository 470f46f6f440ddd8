"""How the portal forgets a person: each part that keeps something about people registers how it does it.

A part registers in its AppConfig.ready(); privacy/erasing.py calls all of them and knows none.
"""

_ways = []


def register(forget):
    """Call ``forget(participant)`` whenever someone is erased.

    It is called inside the transaction that erases, while ``participant`` is still whole. What it changes in
    their fields is saved with them; files are deleted on commit.
    """
    if forget not in _ways:
        _ways.append(forget)


def forget(participant):
    """Have every part forget ``participant``, in the order in which they registered."""
    for way in _ways:
        way(participant)
