from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    """Accounts are made by organizers who invite people: nobody signs up."""

    def is_open_for_signup(self, request):
        return False
