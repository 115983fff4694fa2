"""Names and publishers of sources, where the address alone does not say them."""

import re

from .slug import words

# Publishers by domain, where no organization of the dataset owns it.
PUBLISHERS = {
    'asean.org': 'ASEAN Secretariat', 'main.un.org': 'United Nations', 'un.org': 'United Nations',
    'press.un.org': 'United Nations', 'nepal.un.org': 'United Nations Nepal',
    'treaties.un.org': 'United Nations Treaty Collection', 'undocs.org': 'United Nations',
    'disarmament.unoda.org': 'UN Office for Disarmament Affairs',
    'treaties.unoda.org': 'UN Office for Disarmament Affairs',
    'meetings.unoda.org': 'UN Office for Disarmament Affairs',
    'smallarms.un-arm.org': 'UN Office for Disarmament Affairs',
    'unroca.org': 'UN Office for Disarmament Affairs',
    'papersmart.unmeetings.org': 'United Nations',
    'poa-iss.org': 'UN Programme of Action Implementation Support System',
    'thearmstradetreaty.org': 'Arms Trade Treaty Secretariat',
    'database.thearmstradetreaty.org': 'Arms Trade Treaty Secretariat',
    'controlarms.org': 'Control Arms', 'picp.co.nz': 'Pacific Islands Chiefs of Police',
    'forumsec.org': 'Pacific Islands Forum Secretariat', 'sipriyearbook.org': 'SIPRI',
    'sipri.org': 'Stockholm International Peace Research Institute',
    'armstrade.info': 'ATT Baseline Assessment Project', 'en.wikipedia.org': 'Wikipedia',
    'att-assistance.org': 'Stockholm International Peace Research Institute',
    'ohchr.org': 'Office of the UN High Commissioner for Human Rights',
    'opcw.org': 'Organisation for the Prohibition of Chemical Weapons',
    'icrc.org': 'International Committee of the Red Cross',
    'ihl-databases.icrc.org': 'International Committee of the Red Cross',
    'nti.org': 'Nuclear Threat Initiative', 'reuters.com': 'Reuters',
    'mofa.go.jp': 'Ministry of Foreign Affairs of Japan',
    'meti.go.jp': 'Ministry of Economy, Trade and Industry of Japan',
    'regjeringen.no': 'Government of Norway', 'state.gov': 'United States Department of State',
    'justice.govt.nz': 'Ministry of Justice of New Zealand',
    'dfa.gov.ph': 'Department of Foreign Affairs of the Philippines',
    'dti.gov.ph': 'Department of Trade and Industry of the Philippines',
    'legacy.senate.gov.ph': 'Senate of the Philippines',
    'osetc.gov.ph': 'Office of the Special Envoy on Transnational Crime of the Philippines',
    'foreignaffairs.gov.fj': 'Ministry of Foreign Affairs of Fiji',
    'mofa.gov.np': 'Ministry of Foreign Affairs of Nepal',
    'mfa.go.th': 'Ministry of Foreign Affairs of Thailand',
    'mfa.gov.cn': 'Ministry of Foreign Affairs of China',
    'oecd-nea.org': 'OECD Nuclear Energy Agency', 'thediplomat.com': 'The Diplomat',
    'unodc.org': 'UN Office on Drugs and Crime', 'oas.org': 'Organization of American States',
    'ssd.protectingeducation.org': 'Global Coalition to Protect Education from Attack',
    'inew.org': 'International Network on Explosive Weapons',
    'timesofindia.indiatimes.com': 'Times of India', 'hindustantimes.com': 'Hindustan Times',
    'straitstimes.com': 'The Straits Times', 'globaltimes.cn': 'Global Times',
    'phnompenhpost.com': 'The Phnom Penh Post', 'm.phnompenhpost.com': 'The Phnom Penh Post',
}

LANGUAGES = ('ar', 'de', 'en', 'es', 'fr', 'uk', 'zh')


def domain(address):
    """The host of an address, without `www.`."""
    host = re.sub(r'^https?://', '', address).split('/')[0].rstrip('.')
    return host.removeprefix('www.')


def path_words(address):
    """The readable words of an address after its host."""
    rest = re.sub(r'^https?://[^/]*', '', address)
    rest = re.sub(r'\.(html?|php|aspx|pdf|xml|cms|doc)\b', '', rest)
    return words(re.sub(r'%[0-9A-Fa-f]{2}', '-', rest))


def address_slug(address):
    """A short id for a web page: its domain and words."""
    treaty = re.search(r'treaties\.un\.org/Pages/ViewDetails\.aspx\?.*mtdsg_no=([\w-]+)', address)
    if treaty:
        return f'untc-{treaty.group(1).lower()}'
    return words(f'{domain(address)} {path_words(address)}')


def page_title(address):
    """A name for a page whose title is not known."""
    document = re.match(r'https://undocs\.org/(.+)', address)
    if document:
        return f'UN document {document.group(1)}'
    kept = path_words(address).split('-')
    while kept and (kept[0].isdigit() or kept[0] in LANGUAGES):
        kept.pop(0)
    text = ' '.join(kept)
    if len(text) > 90:
        text = text[:text.rfind(' ', 0, 90)] + ' ...'
    return f'{domain(address)}: {text}' if text else domain(address)
