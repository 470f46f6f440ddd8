from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipantsConfig(AppConfig):
    name = "participants"
    verbose_name = _("Participants")

    def ready(self):
        from allauth.mfa.signals import authenticator_added

        from program import todo
        from program.drafting import first_hour
        from program.publishing import finders
        from program.team.invitations import sent_by

        from . import forgetting, prompts
        from .accounts import factors, invitations, team_invitations
        from .certificates import issuing as certificates
        from .certificates import prompts as certificate_prompts
        from .me import announcing, calendars, notices
        from .outbox import queue
        from .papers import badges
        from .papers import first_hour as documents
        from .people import first_hour as people
        from .people import operations, photos
        from .people import prompts as profile_prompts
        from .privacy import asking
        from .privacy import todo as erasure_requests
        from .travel import conflicts as travel_conflicts
        from .travel import prompts as travel_prompts
        from .travel import records as travel_record

        authenticator_added.connect(factors.note_added)
        operations.register_all()
        changes = queue.Kind(notices.words, notices.about, merge=notices.merge)
        invitation = queue.Kind(invitations.words, invitations.about, sent=invitations.sent)
        said = queue.Kind(announcing.words, announcing.about, merge=announcing.merge)
        queue.register(notices.KIND, changes)
        queue.register(announcing.KIND, said)
        queue.register(invitations.KIND, invitation)
        queue.register(team_invitations.KIND, queue.Kind(team_invitations.words, team_invitations.about))
        queue.register(asking.KIND, queue.Kind(asking.words, asking.about, merge=asking.merge))
        sent_by(team_invitations.queue)
        for part in (travel_record, queue, badges, certificates, calendars, photos, asking):
            forgetting.register(part.forget)
        finders.register(travel_conflicts.finders)
        first_hour.register(first_hour.Place.PEOPLE, people.step)
        first_hour.register(first_hour.Place.DOCUMENTS, documents.step)
        todo.register(erasure_requests.ask)
        prompts.register(travel_prompts.ask)
        prompts.register(profile_prompts.ask)
        prompts.register(certificate_prompts.ask, **certificate_prompts.FACTS)
