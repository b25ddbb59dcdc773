"""What was kept back, and why; what persons decided of it, and who did what, when and why.

A `Review` is a word that was not published. A `Ruling` is a person's decision, which every later
run hears as evidence until it is lifted. An `AuditEvent` tells of one action in plain text.
"""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

NOTE_LENGTH = 500


class Review(models.Model):
    """A claim, a change or a run that the policy did not publish, or a reader's report of a fault.

    ``digest`` makes it idempotent: the same word of the same source is one item however often it is
    read, and a decision answers it once.
    """

    REPORTED = "reported"
    """The reason of what a reader reports: nobody's claim, and nothing to publish as it stands."""

    class Outcome(models.TextChoices):
        HOLD = "hold", "held"
        REJECT = "reject", "rejected"

    class State(models.TextChoices):
        OPEN = "open", "open"
        PUBLISHED = "published", "published since"
        SUPERSEDED = "superseded", "no longer said"
        APPROVED = "approved", "approved"
        REFUSED = "refused", "rejected by a curator"
        CORRECTED = "corrected", "corrected"

    ANSWERED = (State.APPROVED, State.REFUSED, State.CORRECTED)

    digest = models.CharField(max_length=64, unique=True)
    source = models.ForeignKey(
        "ingest.Source",
        models.PROTECT,
        null=True,
        related_name="reviews",
        help_text="Empty for a reader's report.",
    )
    run = models.ForeignKey(
        "ingest.Run",
        models.PROTECT,
        null=True,
        related_name="reviews",
        help_text="Empty for what no run brought up.",
    )
    offer = models.ForeignKey(
        "catalog.Offer",
        models.PROTECT,
        null=True,
        related_name="reviews",
        help_text="Empty for a whole run, and for a claim whose names cannot be kept.",
    )
    claim = models.ForeignKey("ingest.Claim", models.PROTECT, null=True, related_name="reviews")
    outcome = models.CharField(max_length=6, choices=Outcome.choices)
    reason = models.CharField(max_length=40, help_text="The first of the findings.")
    findings = models.JSONField(help_text="Reason, field, value and expectation of each.")
    proposal = models.JSONField(
        default=list, help_text="Meter, terms, currency, state and amount of each rate proposed."
    )
    factor = models.DecimalField(
        max_digits=12,
        decimal_places=4,
        null=True,
        help_text="How many times dearer or cheaper the largest step is.",
    )
    seen_at = models.DateTimeField(help_text="When it was first said.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answer_note = models.CharField(max_length=NOTE_LENGTH, blank=True)

    class Meta:
        permissions = [("decide_review", "Can approve and reject what is held")]
        indexes = [
            # The queue: what is open, by reason, newest first.
            models.Index(
                fields=["reason", "-seen_at"],
                name="review_queue",
                condition=models.Q(state="open"),
            ),
            # The queue in each of its orders, with the key that parts equals.
            models.Index(
                fields=["-seen_at", "-id"], name="review_newest", condition=models.Q(state="open")
            ),
            models.Index(
                fields=["-factor", "-id"], name="review_largest", condition=models.Q(state="open")
            ),
            # How many items there are of each kind: all of it is in the index.
            models.Index(
                fields=["reason", "source", "offer", "factor", "seen_at"],
                name="review_kinds",
                condition=models.Q(state="open"),
            ),
            # What is open on an offer, each time the offer is decided.
            models.Index(
                fields=["offer"], name="review_open_offer", condition=models.Q(state="open")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason}: {self.offer or self.source}"


class Ruling(models.Model):
    """One decision of a person, in force until it is lifted; the policy hears it in every run.

    What it means of ``offer``, by kind. Accept: the findings hold nothing any more. Refuse: a
    source (or, without one, anybody) that states the rows is not heard. State: the rows are the
    price from ``since`` on, with the claim as its receipt. Pin: nothing is published before
    ``until``. Merge: what is said of it is said of ``into``. Distrust is of a source alone: it is
    not heard from ``since`` on.

    With a ``benchmark`` it is of a score, of ``model`` under ``setup``; with a ``fact`` it is of
    that one fact of the offer or model. The one row is then ``value`` and its text.
    """

    class Kind(models.TextChoices):
        ACCEPT = "accept", "accepted"
        REFUSE = "refuse", "refused"
        STATE = "state", "corrected"
        PIN = "pin", "pinned"
        MERGE = "merge", "merged"
        DISTRUST = "distrust", "distrusted"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    offer = models.ForeignKey("catalog.Offer", models.PROTECT, null=True, related_name="rulings")
    into = models.ForeignKey("catalog.Offer", models.PROTECT, null=True, related_name="absorbed")
    model = models.ForeignKey("catalog.Model", models.PROTECT, null=True, related_name="rulings")
    benchmark = models.ForeignKey(
        "benchmarks.Benchmark", models.PROTECT, null=True, related_name="rulings"
    )
    setup = models.CharField(max_length=500, blank=True, help_text="The canonical text.")
    fact = models.CharField(max_length=20, blank=True, help_text="The name of a fact.")
    source = models.ForeignKey("ingest.Source", models.PROTECT, null=True, related_name="rulings")
    claim = models.ForeignKey("ingest.Claim", models.PROTECT, null=True, related_name="rulings")
    rows = models.JSONField(
        default=list, help_text="Meter, terms, currency, state and amount of each rate."
    )
    findings = models.JSONField(default=list, help_text="Reason, field and value of each.")
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        permissions = [
            ("correct_prices", "Can correct, retract, withdraw and pin prices"),
            ("link_names", "Can link aliases and merge what is one"),
            ("distrust_source", "Can mark a source as distrusted"),
            ("ask_source", "Can ask a source now and read its kept body again"),
        ]
        indexes = [
            # What is in force on an offer, each time the offer is decided.
            models.Index(
                fields=["offer"],
                name="ruling_in_force",
                condition=models.Q(lifted_at__isnull=True),
            ),
            # The same of a model's scores and facts.
            models.Index(
                fields=["model"],
                name="ruling_of_model",
                condition=models.Q(lifted_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.offer or self.model or self.source}"


class AuditEvent(models.Model):
    """Who did what, when, why and from which page: names as text, so it outlives what it names.

    ``changed`` tells what the action did in words and figures; ``handles`` are the ids by which
    undoing finds it again. Never updated or deleted.
    """

    class Action(models.TextChoices):
        APPROVE = "approve", "approved"
        REJECT = "reject", "rejected"
        EDIT = "edit", "approved with other figures"
        CORRECT = "correct", "corrected"
        RETRACT = "retract", "retracted"
        WITHDRAW = "withdraw", "withdrew"
        PIN = "pin", "pinned"
        LINK = "link", "linked an alias"
        MERGE_OFFERS = "merge_offers", "merged two offers"
        MERGE_MODELS = "merge_models", "merged two models"
        DISTRUST = "distrust", "distrusted"
        ASK = "ask", "asked a source now"
        REREAD = "reread", "read a kept body again"
        DESCRIBE = "describe", "edited a description"
        REPORT = "report", "reported"
        UNDO = "undo", "undid"

    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    action = models.CharField(max_length=12, choices=Action.choices)
    subject = models.CharField(max_length=500, help_text="What was acted on, by its name.")
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    page = models.CharField(max_length=500, blank=True, help_text="Where it was done.")
    changed = models.JSONField(default=list, help_text="Lines of what it did.")
    revisions = models.JSONField(default=list, help_text="Numbers of what was published by it.")
    undoes = models.PositiveBigIntegerField(
        null=True, unique=True, help_text="The event that this one undoes."
    )
    handles = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_newest"),
            models.Index(fields=["subject", "-at"], name="audit_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.get_action_display()} {self.subject}"
