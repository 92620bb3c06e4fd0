"""Traces of requests for OpenTelemetry, where an operator has a collector; needs the packages of the extra `otel`."""

from fastapi import FastAPI
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor


def trace(app: FastAPI, endpoint: str) -> TracerProvider:
    """Send a span for each request to the collector; bodies, and so questions, are not part of it."""
    provider = TracerProvider(resource=Resource.create({"service.name": "sanad"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)))
    FastAPIInstrumentor.instrument_app(
        app, tracer_provider=provider, excluded_urls="livez,readyz", exclude_spans=["receive", "send"]
    )
    return provider
