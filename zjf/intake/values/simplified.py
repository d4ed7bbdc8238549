"""Characters written the traditional way, or as in Japan, where the forms have the simplified ones: 磚混結構 is 砖混结构.

Only characters that stand in the forms' headings and code lists, and in the words for totals: names of persons and
places are never changed.
"""

_OTHERS = "専專業両兩厳嚴喪為爲挙舉楽樂郷鄉書於產産倉眾衆優伝傳體側儲児兒養內農況準減別彆製辦務動區單単衛衞県縣発發変變臺颱號閤後員週園囲圍國図圖場堅塡墻牆増処處備復複夾學娛実實審傢賓対對導層屬幫開帰歸態総總戶戸拡擴撫報掛擋拠據撐収敎數無時暫術機雑雜権權構來査標檔検檢樓歩殘沒註災點狀現電療碼磚確離積窯築類係繫糾級納綫線組細経經結続續維編縫網羣聯連営營見観觀規計認譲讓訓許論設訪証證診話詳誤責賬質貧貿資軽輕辺邊達遷過進採鑑鑒鋼鉄鐵舖舗鋪銷錯鎭鎮門問間隊陥隠隱難須題項風飯飲舘館験驗匯頁"
_FORMS_HAVE = "专专业两两严严丧为为举举乐乐乡乡书于产产仓众众优传传体侧储儿儿养内农况准减别别制办务动区单单卫卫县县发发变变台台号合后员周园围围国图图场坚填墙墙增处处备复复夹学娱实实审家宾对对导层属帮开归归态总总户户扩扩抚报挂挡据据撑收教数无时暂术机杂杂权权构来查标档检检楼步残没注灾点状现电疗码砖确离积窑筑类系系纠级纳线线组细经经结续续维编缝网群联连营营见观观规计认让让训许论设访证证诊话详误责账质贫贸资轻轻边边达迁过进采鉴鉴钢铁铁铺铺铺销错镇镇门问间队陷隐隐难须题项风饭饮馆馆验验汇页"
SIMPLIFIED = dict(zip(_OTHERS, _FORMS_HAVE, strict=True))
"""Character: the one that the forms write for it."""
_TABLE = str.maketrans(SIMPLIFIED)


def simplified(text: str) -> str:
    """The text as the forms write it, to be compared with what they ask for."""
    return text if text.isascii() else text.translate(_TABLE)
