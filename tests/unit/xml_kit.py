"""Invented wire messages in the XML formats, for the tests of their readers."""

from __future__ import annotations

from worker.formats import read
from worker.formats.view import View
from worker.normalise import Origin, normalise
from worker.story import Item, Limits, Rejected, Story

LIMITS = Limits()
NAR = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'


def outcomes(message: str | bytes, limits: Limits = LIMITS) -> tuple[str, list[Item | Rejected]]:
    """(format, outcomes) of a message."""
    data = message.encode() if isinstance(message, str) else message
    found, out = read(View(data, limits), limits)
    return found.name, out


def items(message: str | bytes, limits: Limits = LIMITS) -> list[Item]:
    _, out = outcomes(message, limits)
    assert all(isinstance(one, Item) for one in out), out
    return out  # type: ignore[return-value]


def story(message: str | bytes) -> Story:
    """The clean story of a message of one item."""
    return normalise(item(message), Origin(sha256="0" * 64))


def item(message: str | bytes) -> Item:
    found = items(message)
    assert len(found) == 1
    return found[0]


def g2(
    *,
    guid: str = "urn:newsml:acme.example:20240105:lighthouse",
    version: str = "1",
    status: str = '<pubStatus qcode="stat:usable"/>',
    item_meta: str = "",
    content_meta: str = "<headline>Lighthouse gets a new lamp</headline>",
    content: str = '<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">'
    "<body><p>The old lighthouse of Port Anvil has a new lamp.</p></body></html></inlineXML></contentSet>",
    provider: str = "acme.example",
    kind: str = "ninat:text",
    namespace: str = NAR,
) -> str:
    """One NewsML-G2 news item."""
    return (
        f'<newsItem {namespace} guid="{guid}" version="{version}" standard="NewsML-G2" standardversion="2.28"'
        f' xml:lang="en">'
        f'<itemMeta><itemClass qcode="{kind}"/><provider literal="{provider}"/>'
        f"<versionCreated>2024-01-05T10:00:00Z</versionCreated>{status}{item_meta}</itemMeta>"
        f"<contentMeta>{content_meta}</contentMeta>{content}</newsItem>"
    )


def g2_message(*members: str, sender: str = "acme.example") -> str:
    inner = "".join(one.replace(f" {NAR}", "") for one in members)
    head = f"<header><sent>2024-01-05T10:00:01Z</sent><sender>{sender}</sender><transmitId>t-77</transmitId></header>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<newsMessage {NAR}>{head}<itemSet>{inner}</itemSet></newsMessage>'


def newsml1(
    *,
    provider: str = "acme.example",
    item_id: str = "LAMP-1",
    revision: str = "1",
    previous: str = "0",
    update: str = "N",
    public: str | None = None,
    status: str = "Usable",
    management: str = "",
    component: str = "<NewsComponent><NewsLines><HeadLine>Lighthouse gets a new lamp</HeadLine></NewsLines>"
    '<ContentItem><MediaType FormalName="Text"/><DataContent><nitf><body><body.content>'
    "<p>The old lighthouse of Port Anvil has a new lamp.</p></body.content></body></nitf></DataContent></ContentItem>"
    "</NewsComponent>",
    attributes: str = ' Version="1.2"',
) -> str:
    """A NewsML 1 message of one news item."""
    if public is None:
        public = f"urn:newsml:{provider}:20240105:{item_id}:{revision}{update if update != 'N' else ''}"
    stated = f'<Status FormalName="{status}"/>' if status else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><NewsML{attributes}><NewsEnvelope>'
        f"<DateAndTime>20240105T100000Z</DateAndTime></NewsEnvelope><NewsItem><Identification><NewsIdentifier><ProviderId>{provider}</ProviderId>"
        f"<DateId>20240105</DateId><NewsItemId>{item_id}</NewsItemId>"
        f'<RevisionId PreviousRevision="{previous}" Update="{update}">{revision}</RevisionId>'
        f"<PublicIdentifier>{public}</PublicIdentifier></NewsIdentifier><NameLabel>port-anvil-lamp</NameLabel>"
        f'</Identification><NewsManagement><NewsItemType FormalName="News"/>'
        f"<FirstCreated>20240105T095500Z</FirstCreated>"
        f"<ThisRevisionCreated>20240105T100000Z</ThisRevisionCreated>{stated}"
        f"{management}</NewsManagement>{component}</NewsItem></NewsML>"
    )


def nitf(
    *,
    docdata: str = '<doc-id id-string="acme-1"/><date.issue norm="20240105T100000Z"/>',
    status: str = "usable",
    head: str = "",
    body_head: str = "<hedline><hl1>Lighthouse gets a new lamp</hl1></hedline>",
    content: str = "<p>The old lighthouse of Port Anvil has a new lamp.</p>",
    namespace: str = "",
) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><nitf{namespace}><head><title>Lighthouse gets a new lamp</title>{head}'
        f'<docdata management-status="{status}">{docdata}</docdata></head><body><body.head>{body_head}</body.head>'
        f"<body.content>{content}</body.content></body></nitf>"
    )
