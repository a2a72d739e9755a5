//! Who is let in where.

use crate::{
    page::Class,
    series::Series,
    world::{Who, World},
};

/// Who may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// All people, signed in or not; what a secret in the address opens is open to its holder.
    Everyone,
    /// Everyone with an account.
    SignedIn,
    /// Accounts that may start mappings.
    Starters,
    /// Everyone with a role in the mapping; of an example, everyone.
    Readers,
    /// Everyone with a role in the mapping, of an example too.
    Members,
    /// Those who follow the answering; of an example, everyone.
    Followers,
    /// Samordnare and workshopledare.
    Runners,
    /// Samordnare.
    Owners,
    /// Those who speak for [`HOME`].
    Speakers,
    /// Those who may open [`HOME`]'s levels.
    Openers,
}

impl Door {
    /// Whom the door of our mapping opens to, in the order of [`Who::ALL`]: nobody, samordnare, workshopledare,
    /// representant, direktör, styrgrupp, samordnare elsewhere, deltagare. `+` in, `s` sign in first, `f` forbidden.
    fn ours(self) -> &'static str {
        match self {
            Self::Everyone => "++++++++",
            Self::SignedIn => "s++++++s",
            Self::Starters => "s+ffff+s",
            Self::Readers | Self::Members => "s+++++fs",
            Self::Followers => "s+++f+fs",
            Self::Runners => "s++ffffs",
            Self::Owners => "s+fffffs",
            Self::Speakers => "s+++fffs",
            // The direktör of the tests reads, but speaks for nobody.
            Self::Openers => "s+f+fffs",
        }
    }

    /// As [`Door::ours`], of the stranger's mapping.
    fn theirs(self) -> &'static str {
        match self {
            Self::Everyone | Self::SignedIn | Self::Starters => self.ours(),
            _ => "sfffff+s",
        }
    }

    /// As [`Door::ours`], of an example in which nobody has a role.
    fn example(self) -> &'static str {
        match self {
            Self::Everyone | Self::SignedIn | Self::Starters => self.ours(),
            Self::Readers | Self::Followers => "++++++++",
            _ => "sffffffs",
        }
    }

    /// How the door of a mapping answers someone.
    pub(crate) fn answer(self, whose: Whose, who: Who) -> Class {
        let column = match whose {
            Whose::Ours => self.ours(),
            Whose::Theirs => self.theirs(),
            Whose::Example => self.example(),
        };
        let place = Who::ALL.iter().position(|known| *known == who);
        let mark = place.and_then(|place| column.chars().nth(place));
        match mark.expect("everyone is in every column") {
            '+' => Class::Ok,
            's' => Class::SignIn,
            'f' => Class::Forbidden,
            other => panic!("{other} is no mark"),
        }
    }
}

/// Whose mapping it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    Ours,
    Theirs,
    Example,
}

impl Whose {
    pub(crate) fn series(self, world: &World) -> &Series {
        match self {
            Self::Ours => &world.ours,
            Self::Theirs => &world.theirs,
            Self::Example => &world.example,
        }
    }
}
