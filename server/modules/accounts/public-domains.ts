/**
 * Domains of mail services that anybody can have an address at: they say nothing about whose customer a person is
 * (chapter 01). The well-known ones; a business that is missed here shows in the unmatched list, a stranger matched to
 * a customer would not show at all.
 */
const publicDomains = new Set(
  `gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.jp outlook.com.br outlook.at
  hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it hotmail.es hotmail.nl hotmail.be hotmail.se hotmail.ch
  hotmail.com.br live.com live.co.uk live.fr live.de live.it live.nl live.be live.se live.no live.dk live.com.au live.ca
  live.cn msn.com passport.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.it yahoo.es yahoo.ca yahoo.in yahoo.co.in
  yahoo.co.jp yahoo.com.br yahoo.com.au yahoo.com.ar yahoo.com.mx ymail.com rocketmail.com myyahoo.com aol.com aol.co.uk
  aim.com icloud.com me.com mac.com proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.com tuta.io
  tutamail.com gmx.de gmx.net gmx.com gmx.at gmx.ch gmx.org gmx.fr gmx.es gmx.co.uk gmx.us web.de t-online.de freenet.de
  arcor.de 1und1.de online.de posteo.de posteo.net mailbox.org mail.de email.de mail.com email.com usa.com europe.com
  consultant.com engineer.com zoho.com zohomail.com zohomail.eu zohomail.in yandex.ru yandex.com yandex.by yandex.kz
  yandex.ua ya.ru mail.ru bk.ru inbox.ru list.ru internet.ru rambler.ru ukr.net i.ua meta.ua abv.bg mail.bg mail.ee
  inbox.lv seznam.cz email.cz post.cz centrum.cz atlas.cz azet.sk wp.pl o2.pl interia.pl onet.pl op.pl tlen.pl
  gazeta.pl freemail.hu citromail.hu libero.it virgilio.it tiscali.it alice.it tin.it email.it fastwebnet.it wanadoo.fr
  orange.fr free.fr sfr.fr bbox.fr neuf.fr laposte.net numericable.fr voila.fr telenet.be skynet.be proximus.be ziggo.nl
  kpnmail.nl planet.nl home.nl xs4all.nl hetnet.nl chello.nl upcmail.nl casema.nl bluewin.ch sunrise.ch hispeed.ch
  aon.at a1.net chello.at inode.at btinternet.com btopenworld.com virginmedia.com virgin.net sky.com talktalk.net
  ntlworld.com blueyonder.co.uk tiscali.co.uk o2.co.uk eircom.net telia.com telia.se bredband.net online.no
  tele2.se spray.se jubii.dk mail.dk stofanet.dk kolumbus.fi luukku.com suomi24.fi sapo.pt netcabo.pt telefonica.net
  movistar.es ono.com terra.es terra.com terra.com.br uol.com.br bol.com.br ig.com.br globo.com globomail.com r7.com
  prodigy.net.mx comcast.net verizon.net att.net sbcglobal.net bellsouth.net pacbell.net ameritech.net cox.net
  charter.net spectrum.net earthlink.net mindspring.com juno.com netzero.net optonline.net frontier.com windstream.net
  centurylink.net q.com suddenlink.net rr.com roadrunner.com shaw.ca rogers.com sympatico.ca bell.net videotron.ca
  telus.net cogeco.ca bigpond.com bigpond.net.au optusnet.com.au telstra.com iinet.net.au tpg.com.au xtra.co.nz
  slingshot.co.nz qq.com vip.qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com 139.com 189.cn naver.com
  daum.net hanmail.net kakao.com nate.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp nifty.com biglobe.ne.jp rediffmail.com
  indiatimes.com sify.com singnet.com.sg pldtdsl.net walla.co.il walla.com netvision.net.il mweb.co.za telkomsa.net
  vodamail.co.za webmail.co.za fastmail.com fastmail.fm hushmail.com hey.com duck.com mail2world.com lycos.com
  excite.com runbox.com startmail.com disroot.org riseup.net mailfence.com ctemplar.com skiff.com simplelogin.com
  simplelogin.io anonaddy.com anonaddy.me addy.io relay.firefox.com mozmail.com privaterelay.appleid.com mailinator.com
  guerrillamail.com sharklasers.com yopmail.com 10minutemail.com tempmail.com temp-mail.org throwawaymail.com
  getnada.com dispostable.com trashmail.com maildrop.cc mintemail.com moakt.com emailondeck.com`.split(/\s+/),
);

/** A host name in lower case without `www.`, taken from a domain or a web address; null if it is none or a public mail domain. */
export function companyDomain(text: string | null | undefined): string | null {
  const host = text
    ?.trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/?#:].*$/, '')
    .replace(/\.$/, '');
  if (!host || host.length > 253 || publicDomains.has(host)) return null;
  return /^([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u.test(host) ? host : null;
}

/** The domain of an address at a company; null for public mail services and what is no address. */
export function emailDomain(email: string | null | undefined): string | null {
  const at = email?.lastIndexOf('@') ?? -1;
  return at > 0 ? companyDomain(email!.slice(at + 1)) : null;
}
