"""How the tables of a book are checked; the settings lie in the book and travel with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from jixiao.app.session import Session
from jixiao.io.paper.form.form import Form
from jixiao.model.check_settings import NO_WISHES, Wishes, applied, texts_of, wishes_of
from jixiao.model.checks import DEFAULT_PROFILE, RULE_BY_ID, Profile
from jixiao.model.history import Change

WHOLE_BOOK = ""
"""The scope of settings that hold for every table; other scopes are ids of forms."""


@dataclass(frozen=True)
class CheckOptions:
    """What a book asks of the checks, over what its forms ask.

    Attributes:
        wishes: By scope: ``WHOLE_BOOK``, or the id of a form, which then goes first.
    """

    wishes: Mapping[str, Wishes] = field(default_factory=dict[str, Wishes])

    def of(self, scope: str) -> Wishes:
        """What is asked in a scope itself."""
        return self.wishes.get(scope, NO_WISHES)

    def with_scope(self, scope: str, wishes: Wishes) -> CheckOptions:
        """The options with other wishes in a scope."""
        return CheckOptions({**self.wishes, scope: wishes})

    def profile(self, form: Form | None) -> Profile:
        """What is asked of the tables of a form; None for a table without one."""
        profile = applied(self.inherited(form), self.of(WHOLE_BOOK))
        return profile if form is None else applied(profile, self.of(form.id))

    def inherited(self, form: Form | None) -> Profile:
        """What the form itself asks, without the book."""
        if form is None:
            return DEFAULT_PROFILE
        columns = form.columns_of.get("indicators", frozenset())
        own = replace(
            DEFAULT_PROFILE,
            required=form.required,
            levels=form.levels,
            vintage=form.vintage,
            joined_target="target" in columns or "comparator" not in columns,
            money_unit=form.money_unit,
            prints_unit=bool(form.printed_unit),
        )
        return applied(own, form.wishes)


def options_of(session: Session) -> CheckOptions:
    """How the tables of the open book are checked.

    Raises:
        BookError: The book cannot be read.
    """
    settings = session.book.settings()
    return CheckOptions({scope: wishes_of(texts) for scope, texts in settings.items()})


def put_options(session: Session, options: CheckOptions, name: str = "规则设置") -> Change | None:
    """Keep in the book how it is checked, as one step; what other programs keep there stays.

    Raises:
        BookError: The book cannot be written.
    """
    settings = session.book.settings()
    with session.book.step(name) as step:
        for scope, wishes in options.wishes.items():
            stored = settings.get(scope, {})
            known = texts_of(wishes_of(stored))
            foreign = {key: text for key, text in stored.items() if key not in known}
            step.put_settings(scope, {**foreign, **texts_of(wishes)})
    return step.change


def silence_rule(session: Session, rule: str, reason: str) -> Change | None:
    """Let no table of the book be checked by a rule any more, and keep why.

    Raises:
        BookError: The book cannot be written.
    """
    options = options_of(session)
    quiet = options.of(WHOLE_BOOK).without_rule(rule, " ".join(reason.split()))
    title = RULE_BY_ID[rule].title
    return put_options(session, options.with_scope(WHOLE_BOOK, quiet), f"不再检查：{title}")


def silenced(options: CheckOptions) -> list[tuple[str, str]]:
    """The rules that speak nowhere in the book, with the reason or "", in the order of rules."""
    wishes = options.of(WHOLE_BOOK)
    return [
        (rule, wishes.reasons.get(rule, ""))
        for rule in RULE_BY_ID
        if wishes.rules.get(rule, True) is False
    ]


def silenced_text(options: CheckOptions) -> str:
    """The rules that speak nowhere in the book, as a sentence; "" where all of them speak."""
    stated = [
        f"{RULE_BY_ID[rule].title}{f'（{reason}）' if reason else ''}"
        for rule, reason in silenced(options)
    ]
    return f"这个账本不检查：{'、'.join(stated)}。" if stated else ""


def forms_in_use(session: Session) -> list[Form]:
    """The forms of which the book keeps a copy, by name.

    Raises:
        BookError: The book cannot be read.
    """
    book = session.book
    forms = (session.forms.of_book(book, form_id) for form_id, _ in book.forms())
    return sorted((form for form in forms if form is not None), key=lambda form: form.name)
