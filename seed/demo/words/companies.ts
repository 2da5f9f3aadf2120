/** Parts of company names. All invented; domains end in .example, which nobody can own (RFC 2606). */

const words = (text: string) => text.trim().split(/\s+/);

export const starts =
  words(`Alder Amber Aspen Birch Bracken Bright Cedar Clover Copper Crane Dale Ember Fallow Fern Flint
  Garnet Glen Harrow Hazel Heath Holm Iron Juniper Kestrel Lark Linden Maple Marsh Moss Nettle North Oaken Orchard Otter
  Pine Quarry Raven Reed Rowan Saffron Slate Sorrel Stone Tamar Thistle Umber Willow Wren Yarrow`);
export const ends = words(`bank borough bridge brook by cote crest dale down ely field ford gate ham hurst ley mark mere
  mont ridge sett shaw side stead ton ward well wick wold worth`);

export const onsets =
  words(`Ard Bel Bor Cal Cor Dal Del Dra El Far Fen Gal Hal Hel Ish Jor Kal Kel Lor Lum Mal Mer Nor Ol
  Or Pel Per Qual Ren Sal Sel Sol Sul Tal Tav Ter Ul Val Vel Vor Xan Yel Zan Zor`);
export const middles = words(`a am an ar av e el en er i il im in iv o om on or u un`);
export const closes = words(`da ka la lis lo mo na nix ra ris ro sa ta tis to tra va vis xo za`);

export const colours = words(`Blue Silver Golden Quiet Northern Southern Bold Clear Distant Eastern Gentle Grand Green
  Hidden High Little Lively Lone Long Open Patient Plain Red Rising Rolling Second Simple Still Swift Tall True Upper
  Wandering Western White Wild Winter Young`);
export const things = words(`Acorn Anchor Badger Beacon Canyon Compass Delta Falcon Finch Forge Fox Grove Harbour Heron
  Horizon Island Kite Lantern Loom Meadow Mill Moon Orbit Otter Peak Pelican Petrel Pillar Prairie Quill River Sail
  Sparrow Spruce Summit Swan Tern Tide Tortoise Vine`);

/** Industry → what companies in it call themselves. Eleven industries of five words. */
export const industries: Readonly<Record<string, readonly string[]>> = {
  Software: ['Software', 'Labs', 'Systems', 'Apps', 'Technologies'],
  'Financial services': ['Capital', 'Payments', 'Bank', 'Finance', 'Wealth'],
  'Health care': ['Health', 'Clinics', 'Care', 'Diagnostics', 'Medical'],
  Retail: ['Stores', 'Outfitters', 'Market', 'Home', 'Retail'],
  Logistics: ['Logistics', 'Freight', 'Couriers', 'Shipping', 'Cargo'],
  Media: ['Media', 'Press', 'Studios', 'Pictures', 'Publishing'],
  Education: ['Learning', 'Academy', 'Tutors', 'Education', 'Schools'],
  Manufacturing: ['Works', 'Industries', 'Instruments', 'Machines', 'Tools'],
  Travel: ['Travel', 'Hotels', 'Journeys', 'Rail', 'Airways'],
  Food: ['Foods', 'Kitchens', 'Bakeries', 'Coffee', 'Provisions'],
  Insurance: ['Insurance', 'Mutual', 'Assurance', 'Cover', 'Underwriting'],
};
