"""What went wrong with Kafka, as an exit code and one sentence for the operator."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from kafka import errors

from worker.stream.stop import ExitCode, LoopEnded

if TYPE_CHECKING:
    from types import TracebackType

# Raised while brokers are away, move or restart. Only these are waited for, and never without a deadline.
TRANSIENT: tuple[type[Exception], ...] = (errors.RetriableError, errors.KafkaTimeoutError, errors.KafkaConnectionError)

_RIGHTS = {
    "TopicAuthorizationFailedError": "the topics",
    "GroupAuthorizationFailedError": "the consumer group",
    "ClusterAuthorizationFailedError": "idempotent writing on the cluster (a right to write to any topic has it)",
    "TransactionalIdAuthorizationFailedError": "the transactional id",
}

# Whatever is waited for or started again, these stay as they are.
_MISTAKEN = (
    errors.InvalidTopicError,
    errors.InvalidSessionTimeoutError,
    errors.InvalidTransactionTimeoutError,
    errors.KafkaConfigurationError,
)

_UNTRUSTED = "CERTIFICATE_VERIFY_FAILED"  # as OpenSSL says it, within a KafkaConnectionError


class Heard(logging.Handler):
    """Why connections failed within the block, in `errors`.

    kafka-python tries a first connection again whatever the reason, and at last raises a bare timeout: a refused
    password or certificate stands only in its log, as an argument of the line.
    """

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[Exception] = []

    def emit(self, record: logging.LogRecord) -> None:
        given = record.args if isinstance(record.args, tuple) else ()
        self.errors += [each for each in given if isinstance(each, Exception)]

    def __enter__(self) -> Self:
        logging.getLogger("kafka.net.connection").addHandler(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        logging.getLogger("kafka.net.connection").removeHandler(self)

    def refusal(self) -> Exception | None:
        """The last one that no waiting mends: a refused password or mechanism, a certificate that is not trusted."""
        return next((each for each in reversed(self.errors) if _refuses(each)), None)


def _refuses(error: BaseException) -> bool:
    return isinstance(
        error, (errors.SaslAuthenticationFailedError, errors.UnsupportedSaslMechanismError)
    ) or _UNTRUSTED in str(error)


def ending(error: BaseException, doing: str) -> LoopEnded:
    """How the process ends because of `error`, met while `doing` something ("reading raw stories")."""
    if isinstance(error, LoopEnded):
        return error
    name = type(error).__name__
    if right := _right(error):
        what = _RIGHTS.get(right, "what it needs")
        return LoopEnded(
            ExitCode.CONFIG, f"{doing}: Kafka gives this user no right to {what} ({_said(error)}); grant it"
        )
    if isinstance(error, errors.SaslAuthenticationFailedError):
        return LoopEnded(ExitCode.CONFIG, f"{doing}: Kafka refused the user name or password ({_said(error)})")
    if isinstance(error, errors.UnsupportedSaslMechanismError):
        return LoopEnded(ExitCode.CONFIG, f"{doing}: Kafka does not offer this SASL mechanism here ({_said(error)})")
    if isinstance(error, errors.KafkaConnectionError) and _UNTRUSTED in str(error):
        return LoopEnded(
            ExitCode.CONFIG,
            f"{doing}: the broker's certificate is not trusted, or bears another host name ({_said(error)}); name "
            "the file of its CA in WORKER_KAFKA_SSL_CAFILE and the host as the certificate does",
        )
    if isinstance(error, _MISTAKEN):
        return LoopEnded(ExitCode.CONFIG, f"{doing}: Kafka refuses a setting ({name}: {_said(error)}); correct it")
    if isinstance(error, errors.FencedInstanceIdError):
        return LoopEnded(
            ExitCode.INTERNAL,
            f"{doing}: another process runs under the same instance id; each process needs its own",
        )
    if isinstance(error, (errors.ProducerFencedError, errors.InvalidProducerEpochError)):
        return LoopEnded(ExitCode.INTERNAL, f"{doing}: another judge has taken over ({name})")
    if isinstance(error, TRANSIENT):
        return LoopEnded(ExitCode.TRY_LATER, f"{doing}: Kafka does not answer ({name}: {_said(error)})")
    return LoopEnded(ExitCode.INTERNAL, f"{doing}: {name}: {_said(error)}")


def _right(error: BaseException) -> str:
    """The authorization error that this is, "" if none.

    For a producer id that is refused, kafka-python raises a bare KafkaError with the true error's name in its text.
    """
    if isinstance(error, errors.AuthorizationError):
        return type(error).__name__
    if type(error) is errors.KafkaError:
        return next((name for name in _RIGHTS if name in str(error)), "")
    return ""


def _said(error: BaseException) -> str:
    return str(error)[:300]
