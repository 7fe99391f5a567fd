"""A web form that came by e-mail: JSON of names and their answers, as newsrooms' forms send it.

See `mail`, whose reader calls these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from worker.story import Code, DeadCode, Item, Note, Party, Rejected, Spot, Text

if TYPE_CHECKING:
    from worker.formats.view import View

_FORM_FIELDS_MIN = 2


def answers(view: View) -> dict[str, str]:
    """A web form's answers by lower-case name, when the body is JSON of one; else {}."""
    value = view.json
    if value is None:
        value = _lenient_json(view)
    if not isinstance(value, dict):
        return {}
    out = {str(name).lower(): _answer(answer) for name, answer in value.items()}
    out = {name: text if name == "body" else " ".join(text.split()) for name, text in out.items()}
    return out if len({"headline", "body", "slugline", "abstract"} & out.keys()) >= _FORM_FIELDS_MIN else {}


def _lenient_json(view: View) -> Any:
    """JSON whose strings were broken by a mailer's line wraps."""
    try:
        return msgspec.json.decode(view.text.replace("\n", " ").strip().encode())
    except (msgspec.DecodeError, UnicodeEncodeError, Rejected, RecursionError):
        return None


def _answer(answer: object) -> str:
    """One answer as text."""
    if isinstance(answer, list):
        return ", ".join(filter(None, (_answer(one) for one in answer[:50] if not isinstance(one, list))))
    return str(answer).strip() if isinstance(answer, (str, int, float)) else ""


def item_of(form: dict[str, str], done: tuple[str, ...]) -> Item | Rejected:
    body, headline = form.get("body", "").replace("\r\n", "\n"), form.get("headline", "")
    if not body and not headline:
        return Rejected(DeadCode.NO_CONTENT, "a form without headline and body")
    desk, place = form.get("desk", ""), form.get("place", "")
    return Item(
        format="email",
        format_version="form",
        headlines=(Text(headline),) if headline else (),
        descriptions=(Text(form["abstract"], "abstract"),) if form.get("abstract") else (),
        slugline=form.get("slugline", ""),
        urgency=form.get("urgency", "") or form.get("news value", ""),
        priority=form.get("priority", ""),
        category=form.get("category", ""),
        genres=(Code(name=form["genre"]),) if form.get("genre") else (),
        sign_off=form.get("sign off", ""),
        byline=form.get("byline", ""),
        dateline=form.get("dateline", ""),
        places=(Spot(name=place),) if place else (),
        sources=(Party(name=desk, role="desk"),) if desk else (),
        notes=(Note(form["ednote"], "advisory"),) if form.get("ednote") else (),
        dates={"timestamp": form["timestamp"]} if form.get("timestamp") else {},
        body=body,
        transformations=done,
    )
