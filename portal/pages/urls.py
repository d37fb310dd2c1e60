"""Addresses of pages made from several rooms (design.md section 3)."""

from django.urls import path

from portal.pages.views import about_site, directory, health, home, media, proof, search, sitemap_services, sitemaps

app_name = "pages"

urlpatterns = [
    path("", home.home, name="home"),
    path("en/", home.english, name="english"),
    path("tim-kiem/", search.search, name="search"),
    path("phuong-xa/", directory.unit_directory, name="unit-directory"),
    path("so-do-trang/", sitemaps.site_map, name="site-map"),
    path("sitemap.xml", sitemaps.sitemap_xml, name="sitemap-xml"),
    path("sitemap-<int:part>.xml", sitemaps.sitemap_part, name="sitemap-part"),
    path("sitemap-van-ban-<int:part>.xml", sitemaps.sitemap_documents, name="sitemap-documents"),
    path("sitemap-thu-tuc-<int:part>.xml", sitemap_services.sitemap_services, name="sitemap-services"),
    path("robots.txt", about_site.robots, name="robots"),
    path("tro-nang/", about_site.accessibility, name="accessibility"),
    path(".well-known/security.txt", about_site.security_txt, name="security-txt"),
    path("media/<path:name>", media.media, name="media"),
    path("kiem-tra-may/<slug:purpose>/", proof.challenge, name="proof-challenge"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
