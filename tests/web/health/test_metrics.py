"""The text format that Prometheus reads."""

from citizenfeedback.web.health.metrics import BOUNDS, Metrics


def test_buckets_add_up() -> None:
    metrics = Metrics()
    for seconds in (0.001, 0.005, 0.2, 60.0):
        metrics.count("GET", 200, seconds)
    metrics.count("BREW", 418, 0.0)
    lines = metrics.text(pool_in_use=3).splitlines()
    buckets = [int(line.split()[1]) for line in lines if "_bucket" in line]
    assert buckets == sorted(buckets)
    assert (buckets[0], buckets[-1], len(buckets)) == (3, 5, len(BOUNDS) + 1)
    assert 'citizenfeedback_requests_total{method="other",status="4xx"} 1' in lines
    assert "citizenfeedback_database_connections 3" in lines
    assert "citizenfeedback_request_seconds_sum 60.206000" in lines
