"""The OpenAPI document is complete and true: schemathesis asks everything it describes, and more that it does not."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection

from fanal.api import document, face, problems, shapes
from fanal.core.intake import media

pytestmark = pytest.mark.django_db

DOCUMENT = json.loads(document.text(face.api))


@schemathesis.serializer("application/x-ndjson")
class Lines:
    """Writes a batch: the generated text as it is."""

    def as_requests(self, ctx: Any, value: Any) -> Any:
        return {"data": value.encode(errors="surrogatepass") if isinstance(value, str) else json.dumps(value).encode()}

    as_werkzeug = as_requests


@pytest.fixture
def schema(api_key, api_client, settings):
    from django.core.wsgi import get_wsgi_application

    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
