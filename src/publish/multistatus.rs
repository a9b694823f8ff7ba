//! A server's list of the members of a collection (RFC 4918, section 13).

use roxmltree::{Document, Node};

use super::server::Listing;
use super::url::Url;

const DAV: &str = "DAV:";

/// The body of a request for the ETag of each member, and for whether it is itself a collection.
pub const PROPFIND_BODY: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
                            <propfind xmlns=\"DAV:\"><prop><getetag/><resourcetype/></prop></propfind>";

/// Reads the members of the collection at `url`, without the collections in it.
///
/// # Errors
/// What is wrong with the answer.
pub fn parse_members(text: &str, url: &Url) -> Result<Listing, String> {
    let document = Document::parse(text).map_err(|error| format!("invalid XML: {error}"))?;
    if !document.root_element().has_tag_name((DAV, "multistatus")) {
        return Err("expected a DAV:multistatus element".to_owned());
    }
    let responses = document.root_element().children().filter(|node| node.has_tag_name((DAV, "response")));
    let listed = responses.filter(|response| {
        !elements(*response, "resourcetype").any(|kind| elements(kind, "collection").next().is_some())
    });
    Ok(listed
        .filter_map(|response| {
            let name = url.member_name(elements(response, "href").next()?.text()?)?;
            let etag = elements(response, "getetag").find_map(|etag| parse_etag(etag.text()?));
            Some((name, etag))
        })
        .collect())
}

fn elements<'a>(node: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.descendants().filter(move |node| node.has_tag_name((DAV, name)))
}

/// Reads an ETag, in the form in which conditions use it.
///
/// Some servers omit the quotes in lists, so add them. A weak ETag is treated as a strong one: Apache calls the ETag of a
/// file weak just because the file was written a moment ago. If an ETag really is weak, the server rejects the condition,
/// which is safe.
pub fn parse_etag(text: &str) -> Option<String> {
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
        assert_eq!(parse_members(text, &url()), Ok(expected));
    }

    #[test]
    fn anything_but_a_list_is_an_error() {
        for text in ["", "<html><body>Sign in</body></html>", "<a", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"] {
            assert!(parse_members(text, &url()).is_err(), "{text}");
        }
        assert!(parse_members(&"<a>".repeat(100_000), &url()).is_err());
    }
}
