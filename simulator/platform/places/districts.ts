/** A district that food is delivered in. */
export interface Place {
  /** The `region` of events. */
  name: string;
  /** A road of it, for addresses. */
  road: string;
  /** Degrees, of its middle. */
  latitude: number;
  longitude: number;
}

/** `Gangnam-gu:Teheran-ro:37.5172:127.0473` */
function place(text: string): Place {
  const [name = '', road = '', latitude, longitude] = text.split(':');
  return { name, road, latitude: Number(latitude), longitude: Number(longitude) };
}

/** The districts of Seoul. A smaller world has the first of them, which lie together. */
export const PLACES: readonly Place[] = [
  'Gangnam-gu:Teheran-ro:37.5172:127.0473',
  'Seocho-gu:Seocho-daero:37.4837:127.0324',
  'Songpa-gu:Olympic-ro:37.5145:127.1059',
  'Seongdong-gu:Wangsimni-ro:37.5633:127.0371',
  'Gwangjin-gu:Neungdong-ro:37.5384:127.0822',
  'Dongjak-gu:Sangdo-ro:37.5124:126.9393',
  'Gwanak-gu:Gwanak-ro:37.4784:126.9516',
  'Yongsan-gu:Itaewon-ro:37.5324:126.9904',
  'Gangdong-gu:Cheonho-daero:37.5301:127.1238',
  'Jung-gu:Toegye-ro:37.5641:126.9979',
  'Dongdaemun-gu:Hancheon-ro:37.5744:127.0396',
  'Mapo-gu:Yanghwa-ro:37.5663:126.9019',
  'Yeongdeungpo-gu:Yeouidaebang-ro:37.5264:126.8963',
  'Seodaemun-gu:Yeonhui-ro:37.5791:126.9368',
  'Jongno-gu:Jong-ro:37.5735:126.979',
  'Seongbuk-gu:Bomun-ro:37.5894:127.0167',
  'Jungnang-gu:Mangu-ro:37.6066:127.0927',
  'Guro-gu:Gurojungang-ro:37.4954:126.8874',
  'Geumcheon-gu:Gasan digital 1-ro:37.4569:126.8955',
  'Yangcheon-gu:Mokdongdong-ro:37.5169:126.8664',
  'Gangseo-gu:Hwagok-ro:37.5509:126.8495',
  'Eunpyeong-gu:Tongil-ro:37.6027:126.9291',
  'Gangbuk-gu:Dobong-ro:37.6396:127.0257',
  'Dobong-gu:Madeul-ro:37.6688:127.0471',
  'Nowon-gu:Dongil-ro:37.6542:127.0568',
].map(place);

const KM_PER_DEGREE = 111.2;

/** Kilometres between two places, on a plane: within a city that is exact enough. */
export function kilometresBetween(a: Place, b: Place): number {
  const north = (a.latitude - b.latitude) * KM_PER_DEGREE;
  const east = (a.longitude - b.longitude) * KM_PER_DEGREE * Math.cos((a.latitude * Math.PI) / 180);
  return Math.hypot(north, east);
}

/** The places nearest to one, nearest first, as indices. */
export function neighboursOf(index: number, places: readonly Place[], count: number): number[] {
  const here = places[index] as Place;
  return places
    .map((place, i) => ({ i, km: kilometresBetween(here, place) }))
    .filter(({ i }) => i !== index)
    .sort((a, b) => a.km - b.km)
    .slice(0, count)
    .map(({ i }) => i);
}
