//! Element names that mean something to this cleaner, and the classes HTML sorts them into.
//!
//! Every name without a rule of its own is [`Tag::Other`]; its spelling stays in the source. The
//! classes are those of the HTML standard, cut down to what text extraction needs.

macro_rules! tags {
    ($($variant:ident = $name:literal),* $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Tag { Document, Other, $($variant),* }

        impl Tag {
            /// The tag of a lower-case name.
            fn known(name: &[u8]) -> Tag {
                $(const $variant: &[u8] = $name.as_bytes();)*
                match name {
                    $($variant => Tag::$variant,)*
                    _ => Tag::Other,
                }
            }
        }
    };
}

#[allow(non_upper_case_globals)]
mod table {
    tags! {
        A = "a", Address = "address", Area = "area", Article = "article", Aside = "aside", B = "b",
        Base = "base", Big = "big", Blockquote = "blockquote", Body = "body", Br = "br", Button = "button",
        Caption = "caption", Center = "center", Code = "code", Col = "col", Colgroup = "colgroup",
        Dd = "dd", Del = "del", Details = "details", Dialog = "dialog", Dir = "dir", Div = "div", Dl = "dl", Dt = "dt",
        Em = "em", Embed = "embed", Fieldset = "fieldset", Figcaption = "figcaption", Figure = "figure",
        Font = "font", Footer = "footer", Form = "form", H1 = "h1", H2 = "h2", H3 = "h3", H4 = "h4",
        H5 = "h5", H6 = "h6", Head = "head", Header = "header", Hgroup = "hgroup", Hr = "hr", Html = "html",
        I = "i", Iframe = "iframe", Img = "img", Input = "input", Label = "label", Legend = "legend", Li = "li",
        Link = "link", Listing = "listing", Main = "main", Math = "math", Menu = "menu", Meta = "meta",
        Nav = "nav", Nobr = "nobr", Noembed = "noembed", Noframes = "noframes", Noscript = "noscript",
        Object = "object", Ol = "ol", Optgroup = "optgroup", Option = "option", P = "p", Param = "param",
        Picture = "picture", Plaintext = "plaintext", Pre = "pre", Rp = "rp", Rt = "rt", Ruby = "ruby", S = "s",
        Script = "script", Search = "search", Section = "section", Select = "select", Small = "small", Source = "source",
        Span = "span", Strike = "strike", Strong = "strong", Style = "style", Sub = "sub", Summary = "summary",
        Sup = "sup", Svg = "svg", Table = "table", Tbody = "tbody", Td = "td", Template = "template",
        Textarea = "textarea", Tfoot = "tfoot", Th = "th", Thead = "thead", Time = "time", Title = "title",
        Tr = "tr", Track = "track", Tt = "tt", U = "u", Ul = "ul", Video = "video", Audio = "audio",
        Canvas = "canvas", Wbr = "wbr", Xmp = "xmp",
    }

    impl Tag {
        /// The tag of a name as written, in any case.
        pub fn named(name: &str) -> Tag {
            let mut lower = [0u8; 16];
            let bytes = name.as_bytes();
            if bytes.len() > lower.len() {
                return Tag::Other;
            }
            lower[..bytes.len()].copy_from_slice(bytes);
            lower[..bytes.len()].make_ascii_lowercase();
            Tag::known(&lower[..bytes.len()])
        }
    }
}
pub use table::Tag;

impl Tag {
    /// How many tags there are, for tables indexed by tag.
    pub const COUNT: usize = Tag::Xmp as usize + 1;

    /// Elements that never have content.
    pub fn is_void(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Area | Base | Br | Col | Embed | Hr | Img | Input | Link | Meta | Param | Source | Track | Wbr
        )
    }

    /// Elements whose content is text to their own end tag, whatever it holds.
    pub fn is_raw(self) -> bool {
        use Tag::*;
        matches!(self, Script | Style | Textarea | Title | Xmp | Iframe | Noembed | Noframes)
    }

    /// Elements that may stand in the head of a page.
    pub fn is_metadata(self) -> bool {
        use Tag::*;
        matches!(self, Base | Link | Meta | Noscript | Script | Style | Template | Title)
    }

    /// Elements whose start closes an open paragraph.
    pub fn closes_paragraph(self) -> bool {
        use Tag::*;
        self.is_heading()
            || matches!(
                self,
                Address
                    | Article
                    | Aside
                    | Blockquote
                    | Center
                    | Dd
                    | Details
                    | Dialog
                    | Dir
                    | Div
                    | Dl
                    | Dt
                    | Fieldset
                    | Figcaption
                    | Figure
                    | Footer
                    | Form
                    | Header
                    | Hgroup
                    | Hr
                    | Li
                    | Listing
                    | Main
                    | Menu
                    | Nav
                    | Ol
                    | P
                    | Plaintext
                    | Pre
                    | Search
                    | Section
                    | Summary
                    | Table
                    | Ul
                    | Xmp
            )
    }

    /// Elements that begin and end a block of text.
    pub fn is_block(self) -> bool {
        use Tag::*;
        self.closes_paragraph()
            || self.is_cell()
            || matches!(
                self,
                Body | Caption
                    | Html
                    | Legend
                    | Optgroup
                    | Option
                    | Select
                    | Tbody
                    | Tfoot
                    | Thead
                    | Tr
                    | Head
                    | Title
                    | Textarea
                    | Button
                    | Video
                    | Audio
                    | Document
            )
    }

    /// Inline elements that HTML lets straddle block boundaries.
    pub fn is_formatting(self) -> bool {
        use Tag::*;
        matches!(self, A | B | Big | Code | Em | Font | I | Nobr | S | Small | Strike | Strong | Tt | U)
    }

    /// Elements that an end tag inside them can't reach across.
    pub fn bounds_scope(self) -> bool {
        use Tag::*;
        matches!(self, Caption | Html | Object | Table | Td | Template | Th | Document)
    }

    pub fn is_heading(self) -> bool {
        self.heading_level() > 0
    }

    /// 1 to 6, or 0 for what is no heading.
    pub fn heading_level(self) -> u8 {
        match self {
            Tag::H1 => 1,
            Tag::H2 => 2,
            Tag::H3 => 3,
            Tag::H4 => 4,
            Tag::H5 => 5,
            Tag::H6 => 6,
            _ => 0,
        }
    }

    pub fn is_cell(self) -> bool {
        matches!(self, Tag::Td | Tag::Th)
    }

    pub fn is_table_part(self) -> bool {
        matches!(self, Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Caption | Tag::Colgroup | Tag::Col)
    }

    pub fn is_list(self) -> bool {
        matches!(self, Tag::Ul | Tag::Ol | Tag::Menu | Tag::Dir | Tag::Dl)
    }
}
