"""Apache Kafka for tests, `make demo` and developers: `with running_broker(nodes=1) as broker: broker.bootstrap`.

Run it by hand with `python -m deploy.broker [--nodes 3]`.
"""

from __future__ import annotations

from deploy.broker.broker import Broker, BrokerUnavailableError, running_broker

__all__ = ["Broker", "BrokerUnavailableError", "running_broker"]
