"""Territories that are members of organizations, and other names of states."""

# code: name, ISO alpha-2, UN M49, administering state, region and subregion of UN M49.
TERRITORIES = {
    'ASM': ('American Samoa', 'AS', '016', 'USA', 'Oceania', 'Polynesia'),
    'GUM': ('Guam', 'GU', '316', 'USA', 'Oceania', 'Micronesia'),
    'HKG': ('Hong Kong, China', 'HK', '344', 'CHN', 'Asia', 'Eastern Asia'),
    'MNP': ('Northern Mariana Islands', 'MP', '580', 'USA', 'Oceania', 'Micronesia'),
    'NCL': ('New Caledonia', 'NC', '540', 'FRA', 'Oceania', 'Melanesia'),
    'NFK': ('Norfolk Island', 'NF', '574', 'AUS', 'Oceania', 'Australia and New Zealand'),
    'PYF': ('French Polynesia', 'PF', '258', 'FRA', 'Oceania', 'Polynesia'),
    'TKL': ('Tokelau', 'TK', '772', 'NZL', 'Oceania', 'Polynesia'),
    'WLF': ('Wallis and Futuna', 'WF', '876', 'FRA', 'Oceania', 'Polynesia'),
}

# Names that people type. Official names are added from the table of states.
ALIASES = {
    'ARE': ['UAE'], 'BOL': ['Bolivia'], 'BRN': ['Brunei'], 'CIV': ['Ivory Coast'],
    'COD': ['DR Congo', 'DRC'], 'COG': ['Republic of the Congo'], 'CPV': ['Cape Verde'],
    'CZE': ['Czech Republic'], 'FSM': ['Micronesia', 'FSM'], 'GBR': ['United Kingdom', 'UK'],
    'IRN': ['Iran'], 'KOR': ['South Korea', 'ROK'], 'LAO': ['Laos', 'Lao PDR'],
    'MDA': ['Moldova'], 'MKD': ['Macedonia'], 'MMR': ['Burma'], 'PNG': ['PNG'],
    'PRK': ['North Korea', 'DPRK'], 'PSE': ['Palestine'], 'RUS': ['Russia'],
    'SWZ': ['Swaziland'], 'SYR': ['Syria'], 'TLS': ['East Timor'], 'TUR': ['Turkey'],
    'TWN': ['Chinese Taipei'], 'TZA': ['Tanzania'], 'USA': ['United States', 'US'],
    'VAT': ['Vatican City'], 'VEN': ['Venezuela'], 'VNM': ['Vietnam'],
}
