/** A kind of goods: names to combine, prices in KRW and weights in grams as ranges. */
export interface Category {
  ko: string;
  en: string;
  price: readonly [min: number, max: number];
  weight: readonly [min: number, max: number];
  items: ReadonlyArray<readonly [ko: string, en: string]>;
}

function category(names: string, price: [number, number], weight: [number, number], items: string): Category {
  const [ko = '', en = ''] = names.split('=');
  return {
    ko,
    en,
    price,
    weight,
    items: items.split(',').map((item) => item.split('=') as [string, string]),
  };
}

export const CATEGORIES: readonly Category[] = [
  category(
    '식품=Food',
    [3_900, 49_900],
    [200, 5_000],
    '햇감자=New Potatoes,국산 참기름=Sesame Oil,유기농 현미=Organic Brown Rice,제주 감귤=Jeju Tangerines,훈제 오리=Smoked Duck,포기김치=Whole Kimchi',
  ),
  category(
    '간편식=Ready Meals',
    [2_900, 19_900],
    [150, 2_000],
    '소고기 미역국=Beef Seaweed Soup,왕교자 만두=Jumbo Dumplings,전주 비빔밥=Jeonju Bibimbap,매운 떡볶이=Spicy Tteokbokki,순살 치킨=Boneless Chicken',
  ),
  category(
    '생활용품=Household',
    [1_900, 39_900],
    [100, 6_000],
    '3겹 화장지=3-ply Toilet Paper,액체 세제=Liquid Detergent,극세사 걸레=Microfibre Cloth,밀폐용기=Storage Boxes,욕실 매트=Bath Mat',
  ),
  category(
    '뷰티=Beauty',
    [6_900, 89_000],
    [50, 600],
    '수분 크림=Moisture Cream,선크림=Sun Cream,클렌징 폼=Cleansing Foam,립밤=Lip Balm,시카 앰플=Cica Ampoule',
  ),
  category(
    '가전=Electronics',
    [19_900, 1_290_000],
    [200, 15_000],
    '무선 이어폰=Wireless Earbuds,공기청정기=Air Purifier,전기밥솥=Rice Cooker,로봇청소기=Robot Vacuum,보조배터리=Power Bank',
  ),
  category(
    '패션=Fashion',
    [9_900, 189_000],
    [150, 1_800],
    '경량 패딩=Light Padding,면 티셔츠=Cotton T-shirt,데님 팬츠=Denim Trousers,러닝화=Running Shoes,캔버스백=Canvas Bag',
  ),
  category(
    '유아=Baby',
    [4_900, 129_000],
    [150, 7_000],
    '기저귀=Nappies,물티슈=Wet Wipes,이유식=Baby Food,원목 블록=Wooden Blocks,아기띠=Baby Carrier',
  ),
  category(
    '반려동물=Pets',
    [3_900, 69_000],
    [150, 9_000],
    '강아지 사료=Dog Food,고양이 모래=Cat Litter,덴탈껌=Dental Chews,캣타워=Cat Tower,배변패드=Puppy Pads',
  ),
  category(
    '도서=Books',
    [9_000, 38_000],
    [200, 1_200],
    '한국사 이야기=Korean History,요리 백과=Cookbook,여행 에세이=Travel Essays,동화 전집=Fairy Tales,수학 문제집=Maths Workbook',
  ),
  category(
    '스포츠=Sports',
    [5_900, 249_000],
    [200, 12_000],
    '요가 매트=Yoga Mat,등산 스틱=Hiking Poles,캠핑 의자=Camping Chair,아령=Dumbbells,배드민턴 라켓=Badminton Racket',
  ),
];

export const BRANDS: ReadonlyArray<readonly [ko: string, en: string]> = [
  ['늘봄', 'Neulbom'],
  ['한울', 'Hanul'],
  ['고운결', 'Gounkyeol'],
  ['산들', 'Sandeul'],
  ['모아담', 'Moadam'],
  ['바른샘', 'Bareunsaem'],
  ['온새미', 'Onsaemi'],
  ['다온', 'Daon'],
];

export const VARIANTS: ReadonlyArray<readonly [ko: string, en: string]> = [
  ['기본형', 'Standard'],
  ['대용량', 'Large'],
  ['2개입', '2-pack'],
  ['4개입', '4-pack'],
  ['프리미엄', 'Premium'],
  ['선물세트', 'Gift Set'],
];
