"""Whom an item is for: the two questions, and the only place that answers them. No database here."""


class ForGroups:
    """For what is for some groups (``group_ids``, a set), or, without any, for everybody.

    A person without a group is shown what is for everybody and the turns of all groups, since one of these
    will be theirs, and is expected only at what is for everybody. A person whose group is not published yet
    is shown, and is expected at, only what is for everybody.
    """

    def concerns(self, group):
        """Whether it is shown to ``group`` (an id; None: to a person without a group, who is shown all)."""
        return group is None or self.expects(group)

    def expects(self, group):
        """Whether ``group`` (an id) has to come: on the roll, the printed list, at the table, in the share.

        None, a person without a group, is expected only at what is for everybody.
        """
        return not self.group_ids or group in self.group_ids

    def shares_people_with(self, other):
        """Whether someone may be expected at both."""
        return not self.group_ids or not other.group_ids or not self.group_ids.isdisjoint(other.group_ids)
