"""Scrapy's settings: everything off that a newspaper's page could use against us, one connection a host.

What a job says (user agent, time-out, size limit) is set by the spider when it reads the job.
"""

BOT_NAME = "hemeroteca"
SPIDER_MODULES = ["spiders.spider"]

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
TWISTED_DNS_RESOLVER = "spiders.guard.PublicResolver"
REACTOR_THREADPOOL_MAXSIZE = 20

# HTTP/1.1 only, through one door; the other schemes would read files or ask other services.
DOWNLOAD_HANDLERS = {
    "http": "spiders.handler.GuardedDownloadHandler",
    "https": "spiders.handler.GuardedDownloadHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = True

# Papers whose certificate chains are incomplete or lapsed for a day are not lost for it; web archives do likewise.
DOWNLOAD_VERIFY_CERTIFICATES = False

# The gate keeps the pace, over all processes; Scrapy's own delays would be added to it.
CONCURRENT_REQUESTS = 0
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 0

DOWNLOADER_MIDDLEWARES = {
    "spiders.middlewares.GuardMiddleware": 50,
    "spiders.robots.RobotsMiddleware": 100,
    "spiders.middlewares.UnpackMiddleware": 590,
    "spiders.middlewares.RedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
EXTENSIONS_BASE: dict[str, int] = {}
COOKIES_ENABLED = False
REFERER_ENABLED = False
METAREFRESH_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# Any HTTP status is an answer, and kept. A host that does not answer in time is asked again by the next crawl.
RETRY_TIMES = 2
RETRY_HTTP_CODES: list[int] = []
RETRY_EXCEPTIONS = [
    "scrapy.exceptions.DownloadConnectionRefusedError",
    "scrapy.exceptions.DownloadFailedError",
    "scrapy.exceptions.ResponseDataLossError",
    "twisted.internet.error.ConnectionDone",
    "twisted.internet.error.ConnectError",
    "twisted.internet.error.ConnectionLost",
]
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
}

LOG_LEVEL = "WARNING"
LOG_VERSIONS: list[str] = []
STATS_DUMP = False
