//! One file a page: from what a handler has loaded to a view.
