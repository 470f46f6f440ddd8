from .send_mails import Command as SendMails


class Command(SendMails):
    help = "The former name of send_mails: crontabs that were written for it go on."
