"""Feeds of every kind, made up: the same three items in each format, and ways to break them."""

from __future__ import annotations

from datetime import UTC, datetime

RSS_20 = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="/style.xsl"?>
<!-- made up -->
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
     xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
  <title>Harbour Herald &amp; Post | Politics</title>
  <link>https://www.herald.example/politics</link>
  <atom:link rel="self" type="application/rss+xml" href="https://www.herald.example/politics/rss"/>
  <description>Politics</description>
  <language>en-GB</language>
  <item>
    <title>Minister pledges &#163;40m for coast patrols</title>
    <link>https://www.herald.example/politics/coast-patrols?utm_source=rss&amp;utm_medium=feed</link>
    <guid isPermaLink="false">herald-1001</guid>
    <pubDate>Fri, 21 Aug 2026 10:00:00 GMT</pubDate>
    <dc:creator>Jane Roe</dc:creator>
    <category>Politics</category>
    <description><![CDATA[<p>The minister said patrols would <b>double</b>.</p><p>Critics disagree.</p>]]></description>
    <media:thumbnail url="https://img.herald.example/1.jpg" width="240" height="135"/>
  </item>
  <item>
    <title><![CDATA[Councils "not told" of Q&A session]]></title>
    <link>/politics/councils</link>
    <guid>https://www.herald.example/politics/councils</guid>
    <pubDate>Fri, 21 Aug 2026 08:30:00 +0100</pubDate>
    <author>news@herald.example (John Poe)</author>
    <description>Plain words only.</description>
    <content:encoded><![CDATA[<p>First paragraph of the text.</p><p>Second paragraph.</p>]]></content:encoded>
  </item>
  <item>
    <title>Undated note</title>
    <link>https://www.herald.example/politics/note#comments</link>
    <guid>https://www.herald.example/politics/note</guid>
    <description></description>
  </item>
</channel>
</rss>
"""

ATOM_10 = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB" xml:base="https://www.herald.example/">
  <title type="html">Harbour Herald &amp;amp; Post | Politics</title>
  <link rel="self" href="/politics/atom"/>
  <link rel="alternate" type="text/html" href="/politics"/>
  <updated>2026-08-21T10:00:00Z</updated>
  <id>tag:herald.example,2026:politics</id>
  <author><name>Newsroom</name></author>
  <entry>
    <id>herald-1001</id>
    <title>Minister pledges £40m for coast patrols</title>
    <link rel="enclosure" type="audio/mpeg" href="/1.mp3"/>
    <link href="politics/coast-patrols?utm_source=rss"/>
    <published>2026-08-21T10:00:00Z</published>
    <updated>2026-08-21T12:00:00Z</updated>
    <author><name>Jane Roe</name><email>jane@herald.example</email></author>
    <summary type="html">&lt;p&gt;The minister said patrols would &lt;b&gt;double&lt;/b&gt;.&lt;/p&gt;
      &lt;p&gt;Critics disagree.&lt;/p&gt;</summary>
  </entry>
  <entry>
    <id>https://www.herald.example/politics/councils</id>
    <title type="html">Councils "not told" of Q&amp;amp;A session</title>
    <link rel="alternate" href="/politics/councils"/>
    <published>2026-08-21T08:30:00+01:00</published>
    <updated>2026-08-21T08:30:00+01:00</updated>
    <author><name>John Poe</name></author>
    <summary>Plain words only.</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First paragraph of the text.</p>
      <p>Second paragraph.</p></div></content>
  </entry>
  <entry>
    <id>https://www.herald.example/politics/note</id>
    <title>Undated note</title>
    <link href="/politics/note"/>
  </entry>
</feed>
"""

RDF_10 = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
         xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
  <channel rdf:about="https://www.herald.example/politics">
    <title>Harbour Herald &amp; Post | Politics</title>
    <link>https://www.herald.example/politics</link>
    <dc:language>en-GB</dc:language>
    <items><rdf:Seq><rdf:li rdf:resource="herald-1001"/></rdf:Seq></items>
  </channel>
  <item rdf:about="herald-1001">
    <title>Minister pledges £40m for coast patrols</title>
    <link>https://www.herald.example/politics/coast-patrols</link>
    <description>&lt;p&gt;The minister said patrols would &lt;b&gt;double&lt;/b&gt;.&lt;/p&gt;
      &lt;p&gt;Critics disagree.&lt;/p&gt;</description>
    <dc:creator>Jane Roe</dc:creator>
    <dc:date>2026-08-21T10:00:00Z</dc:date>
  </item>
  <item rdf:about="https://www.herald.example/politics/councils">
    <title>Councils "not told" of Q&amp;A session</title>
    <link>https://www.herald.example/politics/councils</link>
    <description>Plain words only.</description>
    <content:encoded><![CDATA[<p>First paragraph of the text.</p><p>Second paragraph.</p>]]></content:encoded>
    <dc:creator>John Poe</dc:creator>
    <dc:date>2026-08-21T08:30:00+01:00</dc:date>
  </item>
  <item rdf:about="https://www.herald.example/politics/note">
    <title>Undated note</title>
    <link>https://www.herald.example/politics/note</link>
  </item>
</rdf:RDF>
"""

RSS_091 = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel>
  <title>Harbour Herald &amp; Post | Politics</title><link>https://www.herald.example/politics</link>
  <description>d</description><language>en-GB</language>
  <item><title>Minister pledges &pound;40m for coast patrols</title>
    <link>https://www.herald.example/politics/coast-patrols</link>
    <description>The minister said patrols would double.</description></item>
  <item><title>Councils &quot;not told&quot; of Q&A session</title>
    <link>https://www.herald.example/politics/councils</link><description>Plain words only.</description></item>
  <item><title>Undated note</title><link>https://www.herald.example/politics/note</link></item>
</channel></rss>
"""

JSON_11 = """{
  "version": "https://jsonfeed.org/version/1.1", "title": "Harbour Herald & Post | Politics", "language": "en-GB",
  "home_page_url": "https://www.herald.example/politics", "feed_url": "https://www.herald.example/politics/feed.json",
  "authors": [{"name": "Newsroom"}],
  "items": [
    {"id": "herald-1001", "url": "https://www.herald.example/politics/coast-patrols?utm_source=rss",
     "title": "Minister pledges £40m for coast patrols", "date_published": "2026-08-21T10:00:00Z",
     "date_modified": "2026-08-21T12:00:00Z", "authors": [{"name": "Jane Roe"}],
     "summary": "The minister said patrols would double.\\n\\nCritics disagree."},
    {"id": "https://www.herald.example/politics/councils", "url": "https://www.herald.example/politics/councils",
     "title": "Councils \\"not told\\" of Q&A session", "date_published": "2026-08-21T08:30:00+01:00",
     "author": {"name": "John Poe"}, "summary": "Plain words only.",
     "content_html": "<p>First paragraph of the text.</p><p>Second paragraph.</p>"},
    {"id": "https://www.herald.example/politics/note", "url": "https://www.herald.example/politics/note",
     "title": "Undated note"}
  ]
}
"""

FORMATS = {"rss 2.0": RSS_20, "atom 1.0": ATOM_10, "rdf": RDF_10, "json feed": JSON_11}

ITEM = """<item><title>{title}</title><link>https://www.herald.example/{number}</link>
<guid isPermaLink="false">{number}</guid>
<pubDate>Fri, 21 Aug 2026 10:{minute:02}:00 GMT</pubDate><description>{text}</description></item>"""
AT = datetime(2026, 8, 21, 10, tzinfo=UTC)


def rss(*items: str, head: str = "", title: str = "Harbour Herald") -> str:
    """A feed around these items."""
    channel = f"<title>{title}</title><link>https://www.herald.example/</link><description>d</description>"
    return f'{head}<rss version="2.0"><channel>{channel}{"".join(items)}</channel></rss>'


def item(number: int, title: str = "", text: str = "Words of the item.") -> str:
    """An item of its own."""
    return ITEM.format(number=number, title=title or f"Item {number}", minute=number % 60, text=text)
