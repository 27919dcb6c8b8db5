//! Values of XML attributes.

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

use super::entities::Entities;

/// The value of an XML attribute with the references to entities of the file itself resolved.
pub(super) fn value_with(element: &BytesStart<'_>, name: &str, entities: &mut Entities) -> String {
    let raw = element.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name);
    raw.and_then(|raw| entities.of(&raw.value)).unwrap_or_else(|| value_of(element, name))
}

/// The value of an XML attribute; empty when it is missing. A reference that cannot be resolved stays as written.
pub(crate) fn value_of(element: &BytesStart<'_>, name: &str) -> String {
    element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name)
        .map(|attribute| {
            attribute
                .normalized_value(XmlVersion::Explicit1_0)
                .map_or_else(|_| attribute.value.clone().into_owned(), std::borrow::Cow::into_owned)
        })
        .unwrap_or_default()
}
