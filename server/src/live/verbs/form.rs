//! Reading what a live form holds.

use std::str::FromStr;

use domain::{
    map::Command,
    text::Text,
    workshop::{VoteOn, WorkCommand},
};

use super::Sender;
use crate::{error::Failure, form::text_error};

impl Sender<'_> {
    /// A field that must hold something of this type, such as an id.
    pub(super) fn id<T: FromStr>(&self, name: &str) -> Result<T, Failure> {
        self.fields.get(name).parse().map_err(|_| Failure::BadForm)
    }

    /// The same, or nothing: an empty field, or the dash that stands for none.
    pub(super) fn id_or_none<T: FromStr>(&self, name: &str) -> Result<Option<T>, Failure> {
        match self.fields.get(name) {
            "" | "-" => Ok(None),
            _ => self.id(name).map(Some),
        }
    }

    /// One of a few codes.
    pub(super) fn choice<T>(
        &self,
        name: &str,
        from_code: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, Failure> {
        from_code(self.fields.get(name)).ok_or(Failure::BadForm)
    }

    /// `pa`: 1 or 0.
    pub(super) fn on(&self) -> Result<bool, Failure> {
        self.choice("pa", |code| match code {
            "1" => Some(true),
            "0" => Some(false),
            _ => None,
        })
    }

    /// A text; what is wrong with it is said in words.
    pub(super) fn text<const MIN: usize, const MAX: usize>(
        &self,
        name: &str,
        label: &str,
    ) -> Result<Text<MIN, MAX>, Failure> {
        let texts = self.guest.visitor.texts_for(self.guest.mapping.language);
        Text::parse(self.fields.get(name))
            .map_err(|error| Failure::Unreadable(text_error(texts, label, error)))
    }

    /// What is voted on: a capability (`formaga`) or an improvement area (`insats`).
    pub(super) fn vote_on(&self) -> Result<VoteOn, Failure> {
        match self.fields.get("formaga") {
            "" => self.id("insats").map(VoteOn::Improvement),
            _ => self.id("formaga").map(VoteOn::Capability),
        }
    }

    /// How much a vote is; nothing takes it back.
    pub(super) fn vote_value(&self) -> Result<Option<u8>, Failure> {
        self.id_or_none("varde")
    }

    /// A command in this workshop.
    pub(super) fn work(&self, command: WorkCommand) -> Command {
        Command::Work(self.guest.id, command)
    }
}
