import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../domain/time/micros.ts';
import { PLATFORM_TOPICS } from '../world/world-event.ts';
import { parseCommand } from './command.ts';
import { HELP } from './help.ts';
import { parseIncident } from './incident-text.ts';

describe('the command line of the platform simulator', () => {
  it('lives two weeks of a small platform, then goes on for ever, when nothing is said', () => {
    expect(parseCommand([])).toMatchObject({
      size: { districts: 3, restaurantsPerDistrict: 8, ordersPerDay: 2_000 },
      ...{
        days: 14,
        speed: 1,
        duration: Number.POSITIVE_INFINITY,
        randomIncidents: 0,
        quietDays: 7,
        port: null,
        http: true,
      },
    });
  });

  it('takes other figures, and incidents', () => {
    const command = parseCommand([
      ...['--size', 'large', '--districts', '4', '--days', '3', '--duration', '2h', '--speed', 'max'],
      ...['--incidents', '20', '--incident', 'kind=traffic,region=Gangnam-gu', '--start', '2026-03-01'],
    ]);
    expect(command).toMatchObject({
      size: { districts: 4, restaurantsPerDistrict: 40 },
      days: 3,
      quietDays: 1,
    });
    expect(command).toMatchObject({
      duration: 2 * HOUR,
      speed: Number.POSITIVE_INFINITY,
      randomIncidents: 20,
    });
    expect(command.incidents).toHaveLength(1);
    expect(command.start).toBe(Date.UTC(2026, 1, 28, 15) * 1_000);
    expect(parseCommand([])).toMatchObject({ inStep: null, topics: PLATFORM_TOPICS });
    expect(parseCommand(['--in-step'])).toMatchObject({ inStep: 'step' });
    expect(
      parseCommand(['--in-step-every', '6h', '--topics', 'orders, payments', '--orders-per-customer', '3']),
    ).toMatchObject({ inStep: 6 * HOUR, topics: ['orders', 'payments'], size: { ordersPerCustomer: 3 } });
    expect(parseCommand(['--dry-run'])).toMatchObject({ duration: 0, http: false });
    expect(parseCommand(['--port', '0', '--no-http'])).toMatchObject({ port: 0, http: false });
  });

  it.each([
    [['--size', 'huge'], /use small, medium, large/],
    [['--days', '-1'], /argument is ambiguous|whole number from 0/],
    [['--days', '1.5'], /--days must be a whole number from 0/],
    [['--districts', '26'], /--districts must be a whole number from 1 to 25/],
    [['--speed', 'fast'], /--speed must be a number greater than 0 or max/],
    [['--duration', 'soon'], /--duration must be 0 or like 30m/],
    [['--forever', '--duration', '1h'], /leave out --duration/],
    [['--forever', '--dry-run'], /leave out --forever/],
    [['--start', 'monday'], /--start must be a day/],
    [['--start', '1999-01-01'], /from 2000 on/],
    [['--holiday', 'easter'], /--holiday must be a day/],
    [['--in-step-every', '90s'], /--in-step-every must be whole minutes/],
    [['--in-step-every', 'daily'], /--in-step-every must be whole minutes/],
    [['--topics', 'orders,alerts'], /--topics "alerts" is unknown: use orders, payments/],
    [['--orders-per-customer', '0'], /--orders-per-customer must be a whole number from 1/],
    [['--incidents', 'many'], /--incidents must be a whole number/],
    [['--port', '70000'], /--port must be a whole number from 0 to 65535/],
    [['--wat'], /--wat/],
  ])('refuses %j', (args, message) => {
    expect(() => parseCommand(args)).toThrow(message);
  });

  it('explains every option', () => {
    const options = [
      'size',
      'districts',
      'restaurants',
      'orders-per-day',
      'seed',
      'days',
      'duration',
      'forever',
    ];
    const more = [
      'speed',
      'start',
      'in-step',
      'holiday',
      'incident ',
      'incidents',
      'quiet-days',
      'truth',
      'customers',
    ];
    for (const option of [...options, ...more, 'port', 'no-http', 'dry-run', 'json', 'quiet', 'help'])
      expect(HELP).toContain(`--${option}`);
  });
});

describe('an incident of the command line', () => {
  it('says what, where, when, how long and how much', () => {
    expect(parseIncident('kind=riders-short,region=Gangnam-gu,at=+2h,for=45m,strength=.8')).toEqual({
      ...{ kind: 'RIDERS_SHORT', region: 'Gangnam-gu', restaurant: null, method: null, reason: null },
      ...{ at: { afterLive: 2 * HOUR }, length: 45 * MINUTE, strength: 0.8 },
    });
    expect(parseIncident('kind=REFUSALS,restaurant=R-0001,reason=staff_short,at=-1d')).toMatchObject({
      ...{ reason: 'STAFF_SHORT', at: { afterLive: -DAY }, length: 90 * MINUTE, strength: 0.5 },
    });
    const at = { time: Date.UTC(2026, 2, 1) * 1_000 };
    expect(parseIncident('kind=PAYMENT_ERROR,method=card,at=2026-03-01T09:00:00+09:00')).toMatchObject({
      at,
    });
  });

  it.each([
    ['region=Gangnam-gu', /kind must be one of RIDERS_SHORT/],
    ['kind=flood,region=Gangnam-gu', /kind must be one of/],
    ['kind=TRAFFIC', /TRAFFIC needs region/],
    ['kind=TRAFFIC,restaurant=R-0001', /TRAFFIC needs region, and no other place/],
    ['kind=REFUSALS,restaurant=R-1,region=X', /restaurant or region/],
    ['kind=PAYMENT_ERROR,method=cash', /method must be one of card/],
    ['kind=TRAFFIC,region=X,reason=OTHER', /only REFUSALS/],
    ['kind=REFUSALS,region=X,reason=LAZY', /reason must be one of INGREDIENTS_OUT/],
    ['kind=TRAFFIC,region=X,at=soon', /at must be like \+2h/],
    ['kind=TRAFFIC,region=X,for=ever', /for must be like 90m/],
    ['kind=TRAFFIC,region=X,strength=99', /strength of TRAFFIC must be a number from 1.1 to 5/],
    ['kind=TRAFFIC,region=X,kind=TRAFFIC', /each once/],
    ['kind=TRAFFIC,where=X', /is not one of kind=/],
  ])('refuses %j', (text, message) => {
    expect(() => parseIncident(text)).toThrow(message);
  });
});
