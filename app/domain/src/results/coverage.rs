//! How much of what was asked has been answered, and by whom.

use crate::{municipality::Municipality, survey::Occupation};

/// One of those who were asked, without a name: what the share of answers is counted from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// In what role.
    pub occupation: Occupation,
    /// For which municipalities, in Swedish order.
    pub municipalities: Vec<Municipality>,
    /// Whether they have submitted.
    pub submitted: bool,
}
