"""Entry points from LINE: the webhook, who gets which event, and what each does with it."""
