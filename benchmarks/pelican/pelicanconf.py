"""Settings of Pelican: its own translations, and whatever makes a second build quicker."""

SITENAME = "Nyheder"
SITEURL = "https://www.example.com"
PATH = "content"
THEME = "theme"
THEME_STATIC_PATHS: list[str] = []
TIMEZONE = "Europe/Copenhagen"
DEFAULT_LANG = "da"
DEFAULT_CATEGORY = "news"
DEFAULT_DATE_FORMAT = "%Y-%m-%d"
DEFAULT_PAGINATION = 20
LOCALE = ["C.UTF-8"]
TYPOGRIFY = False
MARKDOWN = {"extensions": ["tables", "smarty"], "output_format": "html5"}

ARTICLE_URL = "{lang}/news/{date:%Y}/{slug}/"
ARTICLE_SAVE_AS = "{lang}/news/{date:%Y}/{slug}/index.html"
ARTICLE_LANG_URL = ARTICLE_URL
ARTICLE_LANG_SAVE_AS = ARTICLE_SAVE_AS
INDEX_SAVE_AS = "da/news/index.html"
TAG_URL = "da/topics/{slug}/"
TAG_SAVE_AS = "da/topics/{slug}/index.html"
AUTHOR_URL = "da/people/{slug}/"
AUTHOR_SAVE_AS = "da/people/{slug}/index.html"
CATEGORY_SAVE_AS = ""
YEAR_ARCHIVE_URL = "da/news/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "da/news/{date:%Y}/index.html"
DIRECT_TEMPLATES = ["index", "tags", "archives", "sitemap"]
TAGS_SAVE_AS = "da/topics/index.html"
ARCHIVES_SAVE_AS = "da/archive/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"

FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
TRANSLATION_FEED_RSS = "{lang}/feed.rss"
TAG_FEED_RSS = "da/topics/{slug}/feed.rss"
FEED_MAX_ITEMS = 20

CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
CHECK_MODIFIED_METHOD = "mtime"
