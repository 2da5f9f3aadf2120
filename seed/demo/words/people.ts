/** Given and family names by culture. */

const culture = (given: string, family: string) => ({
  given: given.trim().split(/\s+/),
  family: family.trim().split(/\s+/),
});

export const cultures = {
  english: culture(
    'Amelia Oliver Grace Henry Isla Jack Charlotte Thomas Emily Samuel Ruth Daniel Hannah Edward Megan Callum',
    'Ashdown Barlow Carmichael Dunmore Ellery Fairclough Grantham Hollis Kerridge Lockwood Merrick Pembroke Radley Sutcliffe',
  ),
  american: culture(
    'Madison Tyler Ava Mason Brooke Logan Savannah Caleb Jordan Hailey Austin Morgan Elijah Naomi Marcus Dana',
    'Abernathy Beckett Calloway Donovan Easton Fontaine Greer Hathaway Jarvis Kirkland Langston Mercer Prescott Whitaker',
  ),
  german: culture(
    'Anneliese Jonas Katharina Lukas Friederike Matthias Sabine Tobias Greta Florian Heike Sebastian Ulrike Jürgen',
    'Achterberg Brandl Dietrich Eichhorn Falkenrath Grünwald Hölzer Kessler Lindner Möhring Rautenberg Schäfer Vogelsang Wüstner',
  ),
  french: culture(
    'Camille Antoine Élodie Baptiste Manon Guillaume Océane Thibault Inès Mathieu Solène Rémi Aurélie Bastien',
    'Beaumont Charpentier Delacourt Fournel Gaillard Lefèvre Marchand Noiret Perrault Roussel Savary Tessier Vauclair',
  ),
  spanish: culture(
    'Lucía Álvaro Carmen Javier Paula Sergio Irene Rodrigo Marta Diego Nuria Ignacio Valentina Mateo',
    'Alarcón Benítez Carrasco Domínguez Escobar Fuentes Herrero Ibáñez Montalvo Navarrete Olmedo Quintana Salcedo Zamora',
  ),
  italian: culture(
    'Giulia Lorenzo Chiara Matteo Francesca Davide Elisa Riccardo Martina Stefano Bianca Tommaso',
    'Bellandi Caruso DeSantis Fabbri Galli Lombardo Marchetti Orsini Pellegrino Rinaldi Santoro Vitale',
  ),
  nordic: culture(
    'Astrid Lars Freja Mikkel Ingrid Søren Maja Erik Sigrid Henrik Linnea Anders Kaisa Juhani',
    'Aalto Bergström Dahlgren Eklund Fjellstad Håkansson Korhonen Lindqvist Møller Nyberg Rasmussen Solberg Virtanen Østergaard',
  ),
  polish: culture(
    'Agnieszka Krzysztof Magdalena Piotr Zofia Tomasz Karolina Wojciech Ewa Michał Joanna Paweł',
    'Adamczyk Borkowski Czarnecki Dąbrowski Gajewski Jabłoński Kowalczyk Malinowski Nowicki Sikora Wilczek Zawadzki',
  ),
  indian: culture(
    'Ananya Rohan Priya Arjun Kavya Vikram Meera Siddharth Divya Nikhil Sneha Aditya Lakshmi Imran',
    'Agarwal Banerjee Chatterjee Deshpande Gopalan Iyer Joshi Kulkarni Mehta Nair Rangaswamy Sethi Trivedi Venkatesan',
  ),
  chinese: culture(
    'Wei Mei Jian Xiu Hao Lan Jun Yan Ming Fang Tao Hui Lei Qing',
    'Chen Deng Fan Gao Huang Jiang Liang Lu Pan Shen Tang Xiao Yuan Zhou',
  ),
  japanese: culture(
    'Haruka Kenji Yuki Takeshi Aiko Daisuke Emi Hiroshi Naoko Ryo Sakura Shota',
    'Aoyama Fujimoto Hayashida Inoue Kitagawa Matsuda Nishimura Okabe Sakamoto Takahata Uchida Yoshikawa',
  ),
  arabic: culture(
    'Layla Omar Nour Karim Salma Youssef Hana Tariq Rania Khalil Dina Faisal',
    'AlAmin Bakri Darwish ElSayed Farouk Haddad Jaber Khoury Mansour Nasser Qasim Rahal',
  ),
  brazilian: culture(
    'Beatriz Thiago Larissa Rafael Camila Gustavo Juliana Leandro Fernanda Caio Letícia Vinícius',
    'Almeida Barreto Cardoso Drummond Figueira Guimarães Lacerda Magalhães Pacheco Queiroz Teixeira Vasconcelos',
  ),
  nigerian: culture(
    'Adaeze Chidi Folake Emeka Ngozi Tunde Yewande Obinna Amara Segun Ifeoma Kelechi',
    'Adeyemi Balogun Chukwu Ezekwesili Falade Ibekwe Nwosu Odukoya Okafor Oyelaran Sowande Uzochukwu',
  ),
  turkish: culture(
    'Elif Emre Zeynep Mert Defne Burak Selin Kerem Ayşe Onur Derya Cem',
    'Aksoy Bozkurt Çelik Demirtaş Erdem Güneş Karaca Özkan Polat Şahin Toprak Yıldız',
  ),
  korean: culture(
    'Jiwoo Minjun Soyeon Hyunwoo Eunji Dohyun Yuna Seojun Haeun Taeyang',
    'Baek Cho Han Jeong Kang Kwon Moon Noh Seo Yoon',
  ),
} as const;

export type Culture = keyof typeof cultures;

/** Letters that do not come apart into a letter and an accent. */
const plain: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', ß: 'ss', æ: 'ae', ı: 'i', đ: 'd', ð: 'd' };

/** A name in letters that an e-mail address or domain takes. */
export function slug(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[øłßæıđð]/g, (letter) => plain[letter]!)
    .replaceAll(/[^a-z0-9]/g, '');
}
