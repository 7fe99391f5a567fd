"""What went wrong with Kafka, as an exit code and one sentence for the operator."""

from __future__ import annotations

from kafka import errors

from worker.stream.stop import ExitCode, LoopEnded

# Raised while brokers are away, move or restart. Only these are waited for, and never without a deadline.
TRANSIENT: tuple[type[Exception], ...] = (errors.RetriableError, errors.KafkaTimeoutError, errors.KafkaConnectionError)

_RIGHTS = {
    "TopicAuthorizationFailedError": "the topics",
    "GroupAuthorizationFailedError": "the consumer group",
    "ClusterAuthorizationFailedError": "idempotent writing on the cluster",
    "TransactionalIdAuthorizationFailedError": "the transactional id",
}


def ending(error: BaseException, doing: str) -> LoopEnded:
    """How the process ends because of `error`, met while `doing` something ("reading raw stories")."""
    if isinstance(error, LoopEnded):
        return error
    name = type(error).__name__
    if isinstance(error, errors.AuthorizationError):
        what = _RIGHTS.get(name, "what it needs")
        return LoopEnded(
            ExitCode.CONFIG, f"{doing}: Kafka gives this user no right to {what} ({_said(error)}); grant it"
        )
    if isinstance(error, errors.SaslAuthenticationFailedError):
        return LoopEnded(ExitCode.CONFIG, f"{doing}: Kafka refused the user name or password ({_said(error)})")
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


def _said(error: BaseException) -> str:
    return str(error)[:300]
