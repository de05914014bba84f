/** One district with its roads; names in Korean and in the official romanisation. */
export interface District {
  ko: string;
  en: string;
  /** First three digits of the five-digit postcode. */
  zip: string;
  roads: ReadonlyArray<readonly [ko: string, en: string]>;
}

/** One province or metropolitan city. */
export interface Region {
  /** As written at the head of an address. */
  ko: string;
  en: string;
  /** Short name, used as the event's `region`. */
  shortKo: string;
  shortEn: string;
  /** Share of the customers, any unit. */
  weight: number;
  districts: readonly District[];
}

/** `강남구:Gangnam-gu:061:테헤란로=Teheran-ro,...` */
function district(text: string): District {
  const [ko = '', en = '', zip = '', roads = ''] = text.split(':');
  return { ko, en, zip, roads: roads.split(',').map((road) => road.split('=') as [string, string]) };
}

function region(ko: string, en: string, shortKo: string, weight: number, districts: string[]): Region {
  const shortEn = en.replace(/-(do|si)$/, '');
  return { ko, en, shortKo, shortEn, weight, districts: districts.map(district) };
}

export const REGIONS: readonly Region[] = [
  region('서울특별시', 'Seoul', '서울', 24, [
    '강남구:Gangnam-gu:061:테헤란로=Teheran-ro,봉은사로=Bongeunsa-ro,논현로=Nonhyeon-ro',
    '송파구:Songpa-gu:055:올림픽로=Olympic-ro,송파대로=Songpa-daero,가락로=Garak-ro',
    '마포구:Mapo-gu:040:양화로=Yanghwa-ro,월드컵북로=World Cup buk-ro,백범로=Baekbeom-ro',
    '노원구:Nowon-gu:017:동일로=Dongil-ro,노해로=Nohae-ro,한글비석로=Hangeulbiseok-ro',
    '영등포구:Yeongdeungpo-gu:072:여의대로=Yeoui-daero,국회대로=Gukhoe-daero,도림로=Dorim-ro',
    '관악구:Gwanak-gu:087:관악로=Gwanak-ro,남부순환로=Nambusunhwan-ro,신림로=Sillim-ro',
  ]),
  region('경기도', 'Gyeonggi-do', '경기', 27, [
    '성남시 분당구:Bundang-gu, Seongnam-si:135:판교역로=Pangyoyeok-ro,성남대로=Seongnam-daero,불정로=Buljeong-ro',
    '수원시 영통구:Yeongtong-gu, Suwon-si:165:광교중앙로=Gwanggyojungang-ro,영통로=Yeongtong-ro,덕영대로=Deogyeong-daero',
    '고양시 일산동구:Ilsandong-gu, Goyang-si:104:중앙로=Jungang-ro,정발산로=Jeongbalsan-ro,호수로=Hosu-ro',
    '용인시 수지구:Suji-gu, Yongin-si:168:수지로=Suji-ro,포은대로=Poeun-daero,신봉로=Sinbong-ro',
    '화성시:Hwaseong-si:184:동탄중심상가길=Dongtanjungsimsangga-gil,동탄대로=Dongtan-daero,노작로=Nojak-ro',
  ]),
  region('인천광역시', 'Incheon', '인천', 6, [
    '연수구:Yeonsu-gu:219:송도과학로=Songdogwahak-ro,컨벤시아대로=Convensia-daero,청량로=Cheongnyang-ro',
    '부평구:Bupyeong-gu:213:부평대로=Bupyeong-daero,길주로=Gilju-ro,장제로=Jangje-ro',
  ]),
  region('부산광역시', 'Busan', '부산', 7, [
    '해운대구:Haeundae-gu:480:센텀중앙로=Centum jungang-ro,해운대로=Haeundae-ro,좌동순환로=Jwadongsunhwan-ro',
    '부산진구:Busanjin-gu:472:서면로=Seomyeon-ro,가야대로=Gaya-daero,동평로=Dongpyeong-ro',
    '사하구:Saha-gu:493:낙동대로=Nakdong-daero,다대로=Dadae-ro,하신중앙로=Hasinjungang-ro',
  ]),
  region('대구광역시', 'Daegu', '대구', 5, [
    '수성구:Suseong-gu:421:동대구로=Dongdaegu-ro,달구벌대로=Dalgubeol-daero,범어로=Beomeo-ro',
    '달서구:Dalseo-gu:426:월배로=Wolbae-ro,상화로=Sanghwa-ro,조암로=Joam-ro',
  ]),
  region('대전광역시', 'Daejeon', '대전', 3, [
    '유성구:Yuseong-gu:341:대학로=Daehak-ro,대덕대로=Daedeok-daero,노은로=Noeun-ro',
    '서구:Seo-gu:352:둔산로=Dunsan-ro,계룡로=Gyeryong-ro,도안북로=Doanbuk-ro',
  ]),
  region('광주광역시', 'Gwangju', '광주', 3, [
    '서구:Seo-gu:619:상무중앙로=Sangmujungang-ro,운천로=Uncheon-ro,죽봉대로=Jukbong-daero',
    '광산구:Gwangsan-gu:622:임방울대로=Imbangul-daero,수완로=Suwan-ro,첨단중앙로=Cheomdanjungang-ro',
  ]),
  region('울산광역시', 'Ulsan', '울산', 2, [
    '남구:Nam-gu:447:삼산로=Samsan-ro,돋질로=Dotjil-ro,대학로=Daehak-ro',
  ]),
  region('세종특별자치시', 'Sejong-si', '세종', 1, [
    '나성동:Naseong-dong:301:한누리대로=Hannuri-daero,도움로=Doum-ro,보듬로=Bodeum-ro',
  ]),
  region('강원특별자치도', 'Gangwon-do', '강원', 3, [
    '춘천시:Chuncheon-si:243:중앙로=Jungang-ro,퇴계로=Toegye-ro,후석로=Huseok-ro',
    '원주시:Wonju-si:264:서원대로=Seowon-daero,무실로=Musil-ro,단구로=Dangu-ro',
  ]),
  region('충청북도', 'Chungcheongbuk-do', '충북', 3, [
    '청주시 흥덕구:Heungdeok-gu, Cheongju-si:284:가경로=Gagyeong-ro,직지대로=Jikji-daero,대농로=Daenong-ro',
  ]),
  region('충청남도', 'Chungcheongnam-do', '충남', 4, [
    '천안시 서북구:Seobuk-gu, Cheonan-si:311:불당대로=Buldang-daero,쌍용대로=Ssangyong-daero,동서대로=Dongseo-daero',
    '아산시:Asan-si:314:온천대로=Oncheon-daero,시민로=Simin-ro,충무로=Chungmu-ro',
  ]),
  region('전북특별자치도', 'Jeollabuk-do', '전북', 3, [
    '전주시 완산구:Wansan-gu, Jeonju-si:549:홍산로=Hongsan-ro,효자로=Hyoja-ro,백제대로=Baekje-daero',
  ]),
  region('전라남도', 'Jeollanam-do', '전남', 3, [
    '여수시:Yeosu-si:596:시청로=Sicheong-ro,웅천로=Ungcheon-ro,여서로=Yeoseo-ro',
    '순천시:Suncheon-si:579:왕지로=Wangji-ro,연향번영길=Yeonhyangbeonyeong-gil,팔마로=Palma-ro',
  ]),
  region('경상북도', 'Gyeongsangbuk-do', '경북', 4, [
    '포항시 북구:Buk-gu, Pohang-si:376:새천년대로=Saecheonnyeon-daero,삼흥로=Samheung-ro,중흥로=Jungheung-ro',
    '구미시:Gumi-si:392:구미대로=Gumi-daero,인동중앙로=Indongjungang-ro,송정대로=Songjeong-daero',
  ]),
  region('경상남도', 'Gyeongsangnam-do', '경남', 5, [
    '창원시 성산구:Seongsan-gu, Changwon-si:514:상남로=Sangnam-ro,원이대로=Woni-daero,용지로=Yongji-ro',
    '김해시:Gimhae-si:509:김해대로=Gimhae-daero,장유로=Jangyu-ro,율하로=Yulha-ro',
  ]),
  region('제주특별자치도', 'Jeju-do', '제주', 2, [
    '제주시:Jeju-si:631:연동로=Yeondong-ro,노형로=Nohyeong-ro,중앙로=Jungang-ro',
    '서귀포시:Seogwipo-si:635:중정로=Jungjeong-ro,신서귀로=Sinseogwi-ro,태평로=Taepyeong-ro',
  ]),
];
