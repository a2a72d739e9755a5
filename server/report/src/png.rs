//! A chart as PNG, drawn by resvg in Inter.

use std::sync::{Arc, LazyLock};

use charts::Chart;
use png::{BitDepth, ColorType, Encoder, PixelDimensions, Unit};
use resvg::{
    tiny_skia::{Color, Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

use crate::{
    font::{INTER_REGULAR, INTER_SEMIBOLD},
    progress::Fault,
};

/// Pixels in a unit of the picture, so that it is sharp on dense screens.
const SCALE: f32 = 2.0;
/// The most pixels of a picture; a larger one is drawn with fewer pixels in a unit, so that memory is bounded (4 bytes a
/// pixel).
const MOST: f32 = 40.0e6;
/// Pixels in a metre at one pixel in a unit (96 in an inch).
const PER_METRE: f32 = 96.0 / 0.0254;

/// Inter in both its weights, and nothing else: a character that it lacks is left out.
static INTER: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_data(INTER_REGULAR.to_vec());
    fonts.load_font_data(INTER_SEMIBOLD.to_vec());
    fonts.set_sans_serif_family("Inter");
    fonts.set_serif_family("Inter");
    fonts.set_monospace_family("Inter");
    Arc::new(fonts)
});

/// The chart as a picture that stands alone, in light colours, with its title above and what it rests on below: two
/// pixels a unit, of a size in print that is said in the file, with title and description as its texts.
///
/// # Errors
/// [`Fault::Failed`] when the chart's SVG cannot be read, or is larger than a picture can be.
pub fn png(chart: &Chart) -> Result<Vec<u8>, Fault> {
    let picture = Picture::of(&chart.standalone_svg())?;
    picture.encoded(&[("Title", &chart.title), ("Description", &chart.description)])
}

/// Pixels, and how large they are.
pub(crate) struct Picture {
    pixels: Pixmap,
    scale: f32,
}

impl Picture {
    /// What an SVG shows, on white.
    pub(crate) fn of(svg: &str) -> Result<Self, Fault> {
        let options = Options {
            font_family: "Inter".to_owned(),
            fontdb: INTER.clone(),
            ..Options::default()
        };
        let tree = Tree::from_str(svg, &options).map_err(Fault::because)?;
        let size = tree.size();
        let scale = SCALE.min((MOST / (size.width() * size.height())).sqrt());
        let pixels = size.to_int_size().scale_by(scale);
        let mut pixels = pixels
            .and_then(|size| Pixmap::new(size.width(), size.height()))
            .ok_or_else(|| Fault::because("a picture without size"))?;
        pixels.fill(Color::WHITE);
        resvg::render(
            &tree,
            Transform::from_scale(scale, scale),
            &mut pixels.as_mut(),
        );
        Ok(Self { pixels, scale })
    }

    /// As PNG, with these texts (keyword and text).
    pub(crate) fn encoded(self, texts: &[(&str, &str)]) -> Result<Vec<u8>, Fault> {
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, self.pixels.width(), self.pixels.height());
        encoder.set_color(ColorType::Rgba);
        encoder.set_depth(BitDepth::Eight);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few thousand"
        )]
        let density = (PER_METRE * self.scale).round() as u32;
        encoder.set_pixel_dims(Some(PixelDimensions {
            xppu: density,
            yppu: density,
            unit: Unit::Meter,
        }));
        for (keyword, text) in texts {
            (encoder.add_itxt_chunk((*keyword).to_owned(), (*text).to_owned()))
                .map_err(Fault::because)?;
        }
        let mut writer = encoder.write_header().map_err(Fault::because)?;
        (writer.write_image_data(&self.pixels.take_demultiplied())).map_err(Fault::because)?;
        writer.finish().map_err(Fault::because)?;
        Ok(file)
    }
}
