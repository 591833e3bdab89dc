"""What the site tells machines beside its pages: heads, sitemap, robots.txt."""

from sitegen.metadata.head import head_of
from sitegen.metadata.news import ShareImage
from sitegen.metadata.recent import news_sitemap
from sitegen.metadata.sitemap import robots, sitemap

__all__ = ["ShareImage", "head_of", "news_sitemap", "robots", "sitemap"]
