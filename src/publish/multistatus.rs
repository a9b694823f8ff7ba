//! What a server says about the members of a collection (RFC 4918 §13).

use roxmltree::{Document, Node};

use super::planning::Listing;
use super::url::Url;

const DAV: &str = "DAV:";

/// The question: the ETag of each member, and whether it is a collection itself.
pub const QUESTION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
                            <propfind xmlns=\"DAV:\"><prop><getetag/><resourcetype/></prop></propfind>";

/// The members of the collection at `url` that are no collections.
///
/// # Errors
/// What is wrong with the answer.
pub fn members(text: &str, url: &Url) -> Result<Listing, String> {
    let document = Document::parse(text).map_err(|error| format!("its list is no XML: {error}"))?;
    if !document.root_element().has_tag_name((DAV, "multistatus")) {
        return Err("its list is no DAV:multistatus".to_owned());
    }
    let responses = document.root_element().children().filter(|node| node.has_tag_name((DAV, "response")));
    let listed = responses
        .filter(|response| !named(*response, "resourcetype").any(|kind| named(kind, "collection").next().is_some()));
    Ok(listed
        .filter_map(|response| {
            let name = url.name_of_member(named(response, "href").next()?.text()?)?;
            let etag = named(response, "getetag").find_map(|etag| etag_of(etag.text()?));
            Some((name, etag))
        })
        .collect())
}

fn named<'a>(node: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.descendants().filter(move |node| node.has_tag_name((DAV, name)))
}

/// An ETag as it is written into a condition. Some servers leave out its quotes in lists. One that is weak becomes
/// strong: Apache calls a file's ETag weak just because it was written a moment ago, and where it truly is weak, the
/// server does not take the condition, which is safe.
pub fn etag_of(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("W/").unwrap_or(text);
    match text {
        "" => None,
        text if text.starts_with('"') => Some(text.to_owned()),
        text => Some(format!("\"{text}\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url() -> Url {
        Url::parse("https://example.org/anna/year/").unwrap().url
    }

    #[test]
    fn members_are_listed_with_their_etags_and_collections_are_not() {
        let text = "<?xml version='1.0'?><d:multistatus xmlns:d='DAV:'>\
            <d:response><d:href>/anna/year/</d:href><d:propstat><d:prop><d:getetag>\"0\"</d:getetag>\
            <d:resourcetype><d:collection/></d:resourcetype></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>\
            <d:response><d:href>/anna/year/a%40b.ics</d:href><d:propstat><d:prop><d:getetag>W/\"1\"</d:getetag>\
            <d:resourcetype/></d:prop></d:propstat></d:response>\
            <d:response><d:href>https://example.org/anna/year/bare.ics</d:href><d:propstat><d:prop><d:getetag>2</d:getetag></d:prop></d:propstat></d:response>\
            <d:response><d:href>/anna/year/none.ics</d:href></d:response>\
            <d:response><d:href>/anna/year/sub/</d:href><d:propstat><d:prop><d:resourcetype><d:collection/></d:resourcetype></d:prop></d:propstat></d:response>\
            </d:multistatus>";
        let expected = [("a@b.ics", Some("\"1\"")), ("bare.ics", Some("\"2\"")), ("none.ics", None)];
        let expected: Listing =
            expected.into_iter().map(|(name, etag)| (name.to_owned(), etag.map(str::to_owned))).collect();
        assert_eq!(members(text, &url()), Ok(expected));
    }

    #[test]
    fn what_is_no_list_is_told() {
        for text in ["", "<html><body>Sign in</body></html>", "<a", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"] {
            assert!(members(text, &url()).is_err(), "{text}");
        }
        assert!(members(&"<a>".repeat(100_000), &url()).is_err());
    }
}
