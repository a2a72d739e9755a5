//! What leaves the service: keys for programs, and open data.

mod datasets;
mod openness;
mod tokens;

pub use datasets::{DatasetRow, DatasetsPage, datasets};
pub use openness::{CapabilityRow, MunicipalityRow, OpennessPage, openness};
pub use tokens::{NewToken, TokenForm, TokenRow, TokenState, TokensPage, new_token, tokens};
