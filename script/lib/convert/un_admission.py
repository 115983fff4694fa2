"""When states joined the United Nations, where that was after 1980.

What addresses all members reaches a state from its admission on. The instruments of that kind begin
in December 1980, so that earlier admissions make no difference and are left without a date.
"""

ADMITTED = {
    'VUT': '1981-09-15', 'BLZ': '1981-09-25', 'ATG': '1981-11-11', 'KNA': '1983-09-23',
    'BRN': '1984-09-21', 'NAM': '1990-04-23', 'LIE': '1990-09-18', 'PRK': '1991-09-17',
    'KOR': '1991-09-17', 'EST': '1991-09-17', 'LVA': '1991-09-17', 'LTU': '1991-09-17',
    'FSM': '1991-09-17', 'MHL': '1991-09-17', 'ARM': '1992-03-02', 'AZE': '1992-03-02',
    'KAZ': '1992-03-02', 'KGZ': '1992-03-02', 'MDA': '1992-03-02', 'SMR': '1992-03-02',
    'TJK': '1992-03-02', 'TKM': '1992-03-02', 'UZB': '1992-03-02', 'BIH': '1992-05-22',
    'HRV': '1992-05-22', 'SVN': '1992-05-22', 'GEO': '1992-07-31', 'CZE': '1993-01-19',
    'SVK': '1993-01-19', 'MKD': '1993-04-08', 'ERI': '1993-05-28', 'MCO': '1993-05-28',
    'AND': '1993-07-28', 'PLW': '1994-12-15', 'KIR': '1999-09-14', 'NRU': '1999-09-14',
    'TON': '1999-09-14', 'TUV': '2000-09-05', 'SRB': '2000-11-01', 'CHE': '2002-09-10',
    'TLS': '2002-09-27', 'MNE': '2006-06-28', 'SSD': '2011-07-14',
}
