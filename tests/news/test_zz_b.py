from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.visits import visit
def test_q(cast):
    visit(cast.a.host, cast.a.article.get_absolute_url()); caches["pages"].clear()
    with CaptureQueriesContext(connection) as c:
        visit(cast.a.host, cast.a.article.get_absolute_url())
    for q in c.captured_queries: print(q["sql"][:40], "...", q["sql"][q["sql"].index(" FROM "):][:160])
