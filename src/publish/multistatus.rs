//! A server's list of the members of a collection (RFC 4918, section 13). It is read in one pass, whatever a server sends.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::server::Listing;
use super::url::Url;

const DAV: &str = "DAV:";
/// Servers nest about seven elements.
const DEEPEST: usize = 100;
/// The most attributes of an element, and the most namespaces that are declared at once. Servers use about five.
const MOST_ATTRIBUTES: usize = 100;

/// The body of a request for the ETag of each member, and for whether it is itself a collection.
pub const PROPFIND_BODY: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
                            <propfind xmlns=\"DAV:\"><prop><getetag/><resourcetype/></prop></propfind>";

/// Reads the members of the collection at `url`, without the collections in it.
///
/// # Errors
/// What is wrong with the answer.
pub fn parse_members(text: &str, url: &Url) -> Result<Listing, String> {
    let mut reader = Reader::from_str(text);
    let mut listed = Listed { url, open: Vec::new(), namespaces: Vec::new(), response: None, listing: Listing::new() };
    let mut has_root = false;
    loop {
        match reader.read_event().map_err(|error| format!("invalid XML: {error}"))? {
            Event::Start(tag) => {
                has_root = true;
                listed.open(&tag)?;
            }
            Event::Empty(tag) => {
                has_root = true;
                listed.open(&tag)?;
                listed.close();
            }
            Event::End(_) => listed.close(),
            Event::Text(text) => listed.add_text(&text.xml10_content()),
            Event::CData(text) => listed.add_text(&text.xml10_content()),
            Event::GeneralRef(reference) => listed.add_text(&resolved(&reference)?),
            Event::DocType(_) => return Err("invalid XML: a document type is not allowed".to_owned()),
            Event::Eof if has_root && listed.open.is_empty() => return Ok(listed.listing),
            Event::Eof => return Err("invalid XML: the end is missing".to_owned()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// The elements that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    Multistatus,
    Response,
    Href,
    Etag,
    ResourceType,
    Collection,
    Other,
}

/// What a response says about one member.
#[derive(Default)]
struct Member {
    href: Option<String>,
    etag: Option<String>,
    is_collection: bool,
}

/// A namespace declared by an element that is still open.
struct Namespace {
    depth: usize,
    /// Empty for the default namespace.
    prefix: String,
    is_dav: bool,
}

/// The list as far as it is read.
struct Listed<'a> {
    url: &'a Url,
    open: Vec<Element>,
    namespaces: Vec<Namespace>,
    response: Option<Member>,
    listing: Listing,
}

impl Listed<'_> {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), String> {
        if self.open.len() == DEEPEST {
            return Err(format!("invalid list: more than {DEEPEST} elements are nested"));
        }
        self.declare_namespaces(tag)?;
        let element = self.element(tag);
        match (element, self.open.len(), &mut self.response) {
            (Element::Multistatus, 0, _) => {}
            (_, 0, _) => return Err("expected a DAV:multistatus element".to_owned()),
            (Element::Response, 1, response) => *response = Some(Member::default()),
            (Element::Href, _, Some(member)) if member.href.is_none() => member.href = Some(String::new()),
            (Element::Etag, _, Some(member)) if member.etag.is_none() => member.etag = Some(String::new()),
            (Element::Collection, _, Some(member)) if self.open.contains(&Element::ResourceType) => {
                member.is_collection = true;
            }
            _ => {}
        }
        self.open.push(element);
        Ok(())
    }

    fn declare_namespaces(&mut self, tag: &BytesStart<'_>) -> Result<(), String> {
        for (index, attribute) in tag.attributes().with_checks(false).enumerate() {
            let attribute = attribute.map_err(|error| format!("invalid XML: {error}"))?;
            let prefix = match attribute.key.0 {
                "xmlns" => Some(""),
                key => key.strip_prefix("xmlns:"),
            };
            if let Some(prefix) = prefix {
                let is_dav = *attribute.value == *DAV;
                self.namespaces.push(Namespace { depth: self.open.len(), prefix: prefix.to_owned(), is_dav });
            }
            if index == MOST_ATTRIBUTES || self.namespaces.len() > MOST_ATTRIBUTES {
                return Err(format!("invalid list: more than {MOST_ATTRIBUTES} attributes or namespaces"));
            }
        }
        Ok(())
    }

    fn element(&self, tag: &BytesStart<'_>) -> Element {
        let (prefix, name) = tag.name().0.split_once(':').unwrap_or(("", tag.name().0));
        let declared = self.namespaces.iter().rev().find(|namespace| namespace.prefix == prefix);
        if !declared.is_some_and(|namespace| namespace.is_dav) {
            return Element::Other;
        }
        match name {
            "multistatus" => Element::Multistatus,
            "response" => Element::Response,
            "href" => Element::Href,
            "getetag" => Element::Etag,
            "resourcetype" => Element::ResourceType,
            "collection" => Element::Collection,
            _ => Element::Other,
        }
    }

    fn close(&mut self) {
        let closed = self.open.pop();
        self.namespaces.retain(|namespace| namespace.depth < self.open.len());
        if closed == Some(Element::Response) && self.open.len() == 1 {
            self.add_member();
        }
    }

    fn add_member(&mut self) {
        let Some(member) = self.response.take().filter(|member| !member.is_collection) else { return };
        if let Some(name) = member.href.and_then(|href| self.url.member_name(href.trim())) {
            self.listing.insert(name, member.etag.and_then(|etag| parse_etag(&etag)));
        }
    }

    /// Adds text to the first path and the first ETag of a response.
    fn add_text(&mut self, text: &str) {
        let Some(member) = &mut self.response else { return };
        let target = match self.open.last() {
            Some(Element::Href) => &mut member.href,
            Some(Element::Etag) => &mut member.etag,
            _ => return,
        };
        if let Some(target) = target {
            target.push_str(text);
        }
    }
}

/// The text of a reference: `&amp;` or `&#252;`.
fn resolved(reference: &BytesRef<'_>) -> Result<String, String> {
    let invalid = |error: &dyn std::fmt::Display| format!("invalid XML: {error}");
    if let Some(c) = reference.resolve_char_ref().map_err(|error| invalid(&error))? {
        return Ok(c.to_string());
    }
    let name = reference.xml10_content();
    resolve_xml_entity(&name).map(str::to_owned).ok_or_else(|| invalid(&format!("unknown entity &{name};")))
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
        let namespaces = (0..101).fold(String::new(), |all, index| format!("{all} xmlns:n{index}='x'"));
        assert!(parse_members(&format!("<multistatus{namespaces} xmlns='DAV:'/>"), &url()).is_err());
        let nested = format!("<multistatus xmlns='DAV:'>{}{}</multistatus>", "<a>".repeat(100), "</a>".repeat(100));
        assert!(parse_members(&nested, &url()).is_err());
        assert!(parse_members("<multistatus xmlns='DAV:'>", &url()).is_err());
        assert!(parse_members("<x:multistatus xmlns='DAV:'/>", &url()).is_err());
    }

    #[test]
    fn references_and_other_namespaces_are_understood() {
        let text = "<multistatus xmlns='DAV:' xmlns:o='other'>\
            <response><href>/anna/year/a&amp;b&#x2e;ics</href><o:getetag>0</o:getetag><getetag>&quot;1&quot;</getetag></response>\
            <response xmlns='other'><href>/anna/year/x.ics</href></response></multistatus>";
        let expected = Listing::from([("a&b.ics".to_owned(), Some("\"1\"".to_owned()))]);
        assert_eq!(parse_members(text, &url()), Ok(expected));
    }
}
