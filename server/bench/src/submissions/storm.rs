//! Many forms posted in the same moment, each over a connection of its own that is open already.

use std::{
    io,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

/// How long an answer may take before it is given up.
const PATIENCE: Duration = Duration::from_mins(5);

/// What came of it.
pub(super) struct Posted {
    /// From the moment that all began until each had its answer.
    pub(super) times: Vec<Duration>,
    /// The answers' heads.
    pub(super) heads: Vec<String>,
}

impl Posted {
    /// How many were answered a second, until the last.
    pub(super) fn rate(&self) -> f64 {
        let last = self.times.iter().max().copied().unwrap_or_default();
        let count = u32::try_from(self.times.len()).map_or(f64::NAN, f64::from);
        count / last.as_secs_f64()
    }
}

/// A form as a browser posts it.
pub(super) fn request(host: &str, path: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Sends all requests at once and waits for every answer.
///
/// # Errors
/// When a connection cannot be opened, or breaks off.
pub(super) async fn post_all(host: &str, requests: Vec<Vec<u8>>) -> io::Result<Posted> {
    let mut connections = Vec::with_capacity(requests.len());
    for request in requests {
        let stream = TcpStream::connect(host).await?;
        stream.set_nodelay(true)?;
        connections.push((stream, request));
    }
    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for (mut stream, request) in connections {
        tasks.spawn(async move {
            let answer = async {
                stream.write_all(&request).await?;
                head(&mut stream).await
            };
            let head = tokio::time::timeout(PATIENCE, answer).await??;
            Ok::<_, io::Error>((start.elapsed(), head))
        });
    }
    let mut posted = Posted {
        times: Vec::new(),
        heads: Vec::new(),
    };
    while let Some(done) = tasks.join_next().await {
        let (took, head) = done.map_err(io::Error::other)??;
        posted.times.push(took);
        posted.heads.push(head);
    }
    Ok(posted)
}

/// The head of an answer; the body of one that redirects says nothing.
async fn head(stream: &mut TcpStream) -> io::Result<String> {
    let mut read = Vec::with_capacity(2048);
    while !read.windows(4).any(|end| end == b"\r\n\r\n") {
        if stream.read_buf(&mut read).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(String::from_utf8_lossy(&read).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_counts_until_the_last_answer() {
        let posted = Posted {
            times: [500, 2000, 1000].map(Duration::from_millis).to_vec(),
            heads: Vec::new(),
        };
        assert!((posted.rate() - 1.5).abs() < 1e-9);
    }
}
