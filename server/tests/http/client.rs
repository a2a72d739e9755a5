//! A browser without a screen: one request a connection, no redirect followed, nothing hidden from the test.

use std::{
    fmt::Write as _,
    io::{self, Read, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// How long an answer may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a browser says of a form on a page of the same server.
const FROM_OUR_PAGE: [(&str, &str); 2] = [
    ("Content-Type", "application/x-www-form-urlencoded"),
    ("Sec-Fetch-Site", "same-origin"),
];

/// A visitor of one server.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    address: SocketAddr,
    cookie: Option<String>,
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self {
            address,
            cookie: None,
        }
    }

    /// The same visitor with a cookie, such as `formagekartan=…`.
    pub(crate) fn with_cookie(&self, cookie: impl Into<String>) -> Self {
        Self {
            cookie: Some(cookie.into()),
            ..self.clone()
        }
    }

    /// The cookie it sends.
    pub(crate) fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    pub(crate) fn get(&self, path: &str) -> Response {
        self.send("GET", path, &[], b"")
    }

    /// Asks for something that never ends; only the head of the answer and what comes with it.
    pub(crate) fn begin(&self, path: &str) -> Response {
        let (mut stream, mut answer) = self.open(path, &[]).expect("the server answers");
        loop {
            let mut piece = [0; 4096];
            let read = stream.read(&mut piece).expect("the server answers");
            answer.extend_from_slice(&piece[..read]);
            if let Some(response) = Response::parse(&answer) {
                // An error page does end.
                if response.status != 200 {
                    stream.read_to_end(&mut answer).expect("the page ends");
                    return Response::parse(&answer).expect("it was one before");
                }
                return response;
            }
            assert!(read > 0, "{path}: the answer has no head");
        }
    }

    /// Asks for something and leaves the connection open.
    pub(crate) fn open(
        &self,
        path: &str,
        headers: &[(&str, &str)],
    ) -> io::Result<(TcpStream, Vec<u8>)> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(self.head("GET", path, headers).as_bytes())?;
        stream.write_all(b"\r\n")?;
        Ok((stream, Vec::new()))
    }

    /// Posts a form as a browser does from a page of the same server.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.post_raw(path, form(fields).as_bytes())
    }

    /// As [`Client::post`], for a server that may be gone.
    ///
    /// # Errors
    /// As [`Client::try_send`].
    pub(crate) fn try_post(&self, path: &str, fields: &[(&str, &str)]) -> io::Result<Response> {
        self.try_send("POST", path, &FROM_OUR_PAGE, form(fields).as_bytes())
    }

    /// Posts a form's body as it is.
    pub(crate) fn post_raw(&self, path: &str, body: &[u8]) -> Response {
        self.send("POST", path, &FROM_OUR_PAGE, body)
    }

    /// Posts a form's fields one by one, as a form that may carry a file does.
    pub(crate) fn post_parts(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let mut body = String::new();
        for (name, value) in fields {
            write!(
                body,
                "--GRANS\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
            .expect("a string takes all");
        }
        body.push_str("--GRANS--\r\n");
        let headers = [
            ("Content-Type", "multipart/form-data; boundary=GRANS"),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        self.send("POST", path, &headers, body.as_bytes())
    }

    fn head(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> String {
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
            self.address
        );
        for (name, value) in headers {
            write!(head, "{name}: {value}\r\n").expect("a string takes all");
        }
        if let Some(cookie) = &self.cookie {
            write!(head, "Cookie: {cookie}\r\n").expect("a string takes all");
        }
        head
    }

    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Response {
        self.try_send(method, path, headers, body)
            .unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// As [`Client::send`], for a server that may be gone.
    ///
    /// # Errors
    /// When no whole head of an answer came back.
    pub(crate) fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<Response> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let mut head = self.head(method, path, headers);
        if method != "GET" || !body.is_empty() {
            write!(head, "Content-Length: {}\r\n", body.len()).expect("a string takes all");
        }
        head.push_str("\r\n");
        // Who refuses a large body may stop reading: what counts is the answer.
        let mut message = head.into_bytes();
        message.extend_from_slice(body);
        let written = stream.write_all(&message);
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer);
        if let Some(response) = Response::parse(&answer) {
            return Ok(response);
        }
        written?;
        read?;
        Err(io::Error::from(io::ErrorKind::UnexpectedEof))
    }
}

impl Response {
    fn parse(answer: &[u8]) -> Option<Self> {
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = std::str::from_utf8(answer.get(..end)?).ok()?;
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers: Vec<_> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let body = answer.get(end + 4..)?;
        let chunked = (headers.iter()).any(|h| h.0 == "transfer-encoding" && h.1 == "chunked");
        Some(Self {
            status,
            headers,
            body: if chunked {
                unchunked(body)
            } else {
                body.to_vec()
            },
        })
    }

    /// The first header of this name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        (self.headers.iter().find(|header| header.0 == name)).map(|header| header.1.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn is_html(&self) -> bool {
        (self.header("content-type")).is_some_and(|kind| kind.starts_with("text/html"))
    }

    /// The words of the first heading, if there is one.
    pub(crate) fn heading(&self) -> Option<String> {
        let text = self.text();
        let start = text.find("<h1")?;
        let inner = text.get(start..)?.split_once('>')?.1;
        let mut words = String::new();
        let mut inside = false;
        for c in inner.split("</h1").next()?.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => words.push(c),
                _ => {}
            }
        }
        Some(words.trim().to_owned())
    }

    /// The value of a cookie that the answer sets, with its attributes.
    pub(crate) fn set_cookie(&self, name: &str) -> Option<&str> {
        (self.headers.iter())
            .filter(|header| header.0 == "set-cookie")
            .map(|header| header.1.as_str())
            .find(|cookie| (cookie.strip_prefix(name)).is_some_and(|rest| rest.starts_with('=')))
    }
}

/// What stands in the chunks that came, even if the last ones did not.
fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(line) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = (std::str::from_utf8(&rest[..line]).ok())
            .and_then(|size| usize::from_str_radix(size.trim(), 16).ok())
            .unwrap_or_default();
        let (start, end) = (line + 2, line + 2 + size);
        if size == 0 || rest.len() < end + 2 {
            break;
        }
        body.extend_from_slice(&rest[start..end]);
        rest = &rest[end + 2..];
    }
    body
}

/// Fields as `application/x-www-form-urlencoded`.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let encoded = |text: &str| {
        let mut out = String::new();
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
                out.push(char::from(byte));
            } else {
                write!(out, "%{byte:02X}").expect("a string takes all");
            }
        }
        out
    };
    let pairs: Vec<_> = (fields.iter())
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    pairs.join("&")
}
