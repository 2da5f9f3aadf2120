/** The people at an account: those who decide, and those who use the product. */
import type { Day } from '#core/calendar/day.ts';
import type { ContactRole } from '#core/signals/facts.ts';
import { type Contract, termsOn } from './contract.ts';
import type { Profile } from './profile.ts';
import { clamp, Random } from './random.ts';
import type { Scene } from './scene.ts';
import type { Beats } from './stories/story.ts';
import type { Timeline } from './timeline.ts';
import { type Culture, cultures, slug } from './words/people.ts';
import { departments, newDepartments, titles } from './words/titles.ts';

export interface Person {
  /** the id that telemetry knows them by */
  id: string;
  index: number;
  name: string;
  email: string;
  title: string;
  department: string;
  roles: ContactRole[];
  isUser: boolean;
  since: Day;
  /** first day on which they are gone; null = still there */
  left: Day | null;
  /** about 1: how often they come, against the account's mean */
  activity: number;
  /** 0..1: those with the least stay away first */
  loyalty: number;
  /** local hour around which they work with the product */
  hour: number;
}

type Kind = keyof typeof titles;

/** Makes the people of one account, none with the address of another. */
class Staff {
  readonly people: Person[] = [];
  readonly #addresses = new Set<string>();
  readonly #profile: Profile;
  readonly #random: Random;

  constructor(profile: Profile, random: Random) {
    this.#profile = profile;
    this.#random = random;
  }

  hire(kind: Kind, since: Day, roles: ContactRole[], department?: string): Person {
    const random = this.#random;
    const index = this.people.length;
    const name = personName(this.#profile.place.culture, random);
    const person: Person = {
      id: `${this.#profile.id}-u${index + 1}`,
      index,
      name,
      email: this.#address(name),
      title: random.pick(titles[kind]),
      department: department ?? (kind === 'billing' ? 'Finance' : random.pick(departments)),
      roles,
      isUser: kind === 'user' || kind === 'champion' || kind === 'admin',
      since,
      left: null,
      activity: clamp(random.around(kind === 'champion' ? 1.15 : 0.98, 0.3), 0.4, 1.7),
      loyalty: random.next(),
      hour: clamp(random.normal(11.5, 2), 8.5, 16.5),
    };
    this.people.push(person);
    return person;
  }

  #address(name: string): string {
    const [given, ...family] = name.split(' ');
    const local = `${slug(given!)}.${slug(family.join(''))}`;
    let address = `${local}@${this.#profile.domain}`;
    for (let n = 2; this.#addresses.has(address); n++) address = `${local}${n}@${this.#profile.domain}`;
    this.#addresses.add(address);
    return address;
  }
}

const cultureNames = Object.keys(cultures) as Culture[];

function personName(home: Culture, random: Random): string {
  const { given, family } = cultures[random.chance(0.72) ? home : random.pick(cultureNames)];
  return `${random.pick(given)} ${random.pick(family)}`;
}

export function peopleOf(
  scene: Scene,
  profile: Profile,
  timeline: Timeline,
  contract: Contract,
  departures: Beats['departures'],
): Person[] {
  const random = new Random(scene.seed, 'people', profile.index);
  const staff = new Staff(profile, random);
  hireStakeholders(staff, profile, timeline, random);
  for (const { role, day, replacedOn } of departures) {
    const person = staff.people.find((one) => one.roles.includes(role));
    if (person) person.left = day;
    if (person && replacedOn !== null) staff.hire(role === 'champion' ? 'champion' : 'sponsor', replacedOn, [role]);
  }
  hireUsers(staff, scene, timeline, contract, random);
  return staff.people;
}

function hireStakeholders(staff: Staff, { tier }: Profile, { start, story }: Timeline, random: Random): void {
  const hasChampion = story.kind === 'champion-left' || random.chance(story.kind === 'quiet' ? 0.88 : 0.98);
  const decidesAlone = tier === 'smb' && random.chance(0.55);
  if (hasChampion) staff.hire('champion', start, decidesAlone ? ['champion', 'decision_maker'] : ['champion']);
  if (!decidesAlone || !hasChampion) staff.hire('decisionMaker', start, ['decision_maker']);
  if (tier !== 'smb' || random.chance(0.2)) staff.hire('sponsor', start, ['executive_sponsor']);
  if (tier !== 'smb' || random.chance(0.3)) staff.hire('admin', start, ['admin']);
  staff.hire('billing', start, ['billing']);
}

/** As many users as the story brings; a few go each year, and are followed by others. */
function hireUsers(staff: Staff, scene: Scene, timeline: Timeline, contract: Contract, random: Random): void {
  const { start, story } = timeline;
  const fill =
    story.outcome === 'grew'
      ? random.between(0.85, 0.95)
      : random.between(...((story.kind === 'quiet' ? [0.4, 0.75] : [0.6, 0.95]) as [number, number]));
  const last = contract.terms.at(-1)!;
  const seatsAt = (day: Day) => (termsOn(contract, day) ?? last.changes.at(-1)!).seats;
  const first = Math.max(start, scene.dawn);
  const atFirst = Math.round(seatsAt(first) * fill);
  const atLast = Math.round(seatsAt(scene.today) * (story.kind === 'seats-filling' ? 0.98 : fill));
  const already = staff.people.filter((person) => person.isUser && person.left === null).length;
  const founders = Math.max(atFirst, already);
  const isDepartment = story.kind === 'new-department';
  const department = isDepartment ? random.pick(newDepartments) : undefined;
  for (let n = already; n < Math.max(founders, atLast, isDepartment ? founders + 1 : 1); n++) {
    const isGrowth = n >= founders && story.outcome === 'grew';
    const since = isGrowth
      ? story.from + random.whole(1, Math.max(1, scene.today - story.from - 5))
      : start + random.whole(1, 40);
    hireWithSuccessors(staff, scene, since, isGrowth ? department : undefined, random);
  }
}

function hireWithSuccessors(
  staff: Staff,
  scene: Scene,
  since: Day,
  department: string | undefined,
  random: Random,
): void {
  for (let from = since; ; ) {
    const stays = Math.ceil(-Math.log(1 - random.next()) * 2600) + 60;
    // Whoever went before the history begins is of no interest to anybody.
    if (from + stays > scene.dawn) {
      const person = staff.hire('user', from, ['end_user'], department);
      if (from + stays <= scene.today) person.left = from + stays;
    }
    from += stays + random.whole(3, 30);
    if (from > scene.today - 2) return;
  }
}

export function isThere(person: Person, day: Day): boolean {
  return person.since <= day && (person.left === null || day < person.left);
}

/** Who held a role on a day. */
export function holderOf(people: readonly Person[], role: ContactRole, day: Day): Person | null {
  return people.find((person) => person.roles.includes(role) && isThere(person, day)) ?? null;
}
